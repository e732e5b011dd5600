package io.berth.local.devnet.ante;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.berth.proto.cosmos.tx.v1beta1.AuthInfo;
import io.berth.proto.cosmos.tx.v1beta1.Fee;
import io.berth.proto.cosmos.tx.v1beta1.Tx;
import io.berth.proto.cosmos.tx.v1beta1.TxBody;
import io.berth.proto.cosmos.tx.v1beta1.TxRaw;
import java.util.List;

/**
 * A transaction that decoded.
 *
 * @param hash upper-case hex SHA-256 of the bytes
 * @param size the bytes' number
 * @param raw the three parts as they were sent, which is what was signed
 * @param body the decoded body
 * @param auth the decoded signers and fee
 * @param messages the decoded messages
 * @param signers whose signatures are needed, each once, in order of appearance
 */
public record DecodedTx(
    String hash,
    int size,
    TxRaw raw,
    TxBody body,
    AuthInfo auth,
    List<Message> messages,
    List<String> signers) {

  /** The declared fee. */
  public Fee fee() {
    return auth.getFee();
  }

  /** Who pays the fee unless a granter does. */
  public String feePayer() {
    return fee().getPayer().isEmpty() ? signers.getFirst() : fee().getPayer();
  }

  List<ByteString> signatures() {
    return raw.getSignaturesList();
  }

  /** As queries show it. */
  public Tx tx() {
    return Tx.newBuilder()
        .setBody(body)
        .setAuthInfo(auth)
        .addAllSignatures(raw.getSignaturesList())
        .build();
  }
}
