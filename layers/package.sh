#!/usr/bin/env bash
# Lays out in target/package what `sam deploy` uploads, from what the build left in functions/*/target:
# the template, a folder of jars for each area of functions, and a layer with the libraries that every function uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=target/package

# Others' libraries on an area's class path; Berth's own modules are built below this folder.
libraries() { tr ':' '\n' < "functions/$1/target/classpath" | grep -v "^$PWD/" | sort; }
modules() { tr ':' '\n' < "functions/$1/target/classpath" | grep "^$PWD/" && ls "functions/$1"/target/"$1"-*.jar; }

rm -rf "$out"
mkdir -p "$out/layers/common/java/lib"
areas=$(cd functions && ls -d */target/classpath | cut -d/ -f1)
common=$(for area in $areas; do libraries "$area"; done | sort | uniq -c | awk -v areas="$(wc -w <<< "$areas")" '$1 == areas {print $2}')
cp $common "$out/layers/common/java/lib/"
cp layers/stream "$out/layers/common/"
for area in $areas; do
  mkdir -p "$out/functions/$area/lib"
  cp $(modules "$area") $(comm -23 <(libraries "$area") <(echo "$common")) "$out/functions/$area/lib/"
done

# New versions of functions are published for each stamp: what they are made of, and when (or for which release).
stamp=$({ cat template.yaml; find "$out" -name '*.jar' | sort | xargs cat; } | sha256sum | cut -c1-16)-${PACKAGE_STAMP:-$(date -u +%s)}
sed "s/stamped-by-make-package/$stamp/" template.yaml > "$out/template.yaml"
grep -q "$stamp" "$out/template.yaml"
# State machines' definitions, where the template expects them.
grep -oP 'DefinitionUri: \K\S+' template.yaml | while read -r file; do cp --parents "$file" "$out/"; done || true

# One bill of materials of all areas' own.
jq -s '.[0] + {
  metadata: (.[0].metadata | .component |= {type: "application", group: "io.berth", name: "berth", version: .version, "bom-ref": "berth"}),
  components: (map(.components[]) | unique_by(."bom-ref")),
  dependencies: ([{ref: "berth", dependsOn: map(.metadata.component."bom-ref")}] + map(.dependencies[]) | unique_by(.ref))}' \
  functions/*/target/bom.json > "$out/sbom.json"
jq -r '.components[] | select(.group != "io.berth")
  | [.group + ":" + .name, .version, ([.licenses[]? | .license.id // .license.name // .expression] | join(", "))] | @tsv' \
  "$out/sbom.json" | sort > "$out/licences.tsv"
if awk -F'\t' '$3 == ""' "$out/licences.tsv" | grep .; then
  echo "these libraries name no licence" >&2; exit 1
fi

# Jars are compressed, so this is about what is uploaded; Lambda's limit with layers is 250 MB, unpacked.
{
  printf '%-24s %10s\n' package KiB
  for folder in "$out"/layers/common "$out"/functions/*; do
    printf '%-24s %10s\n' "${folder#"$out"/}" "$(( $(cat $(find "$folder" -name '*.jar') | wc -c) / 1024 ))"
  done
} | tee "$out/sizes.txt"
