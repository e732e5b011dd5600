"""Prints the CloudFormation that AWS's SAM translator makes of the template given as argument."""

import json
import logging
import sys

from cfnlint.decode.cfn_yaml import load
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

# Its warning that AWS's own feature toggles are not here would be in the output.
logging.getLogger("samtranslator").setLevel(logging.ERROR)

# `sam deploy` uploads these and writes their places instead.
UPLOADED = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
}


def plain(value):
    """The reader's nodes, which carry line numbers, as JSON's own types."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


template = plain(load(sys.argv[1]))
for resource in template["Resources"].values():
    if resource["Type"] in UPLOADED:
        resource["Properties"][UPLOADED[resource["Type"]]] = "s3://uploads/package"
json.dump(Translator({}, Parser()).translate(template, {}), sys.stdout, indent=1)
