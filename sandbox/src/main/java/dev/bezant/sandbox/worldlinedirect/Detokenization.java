package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Card numbers for whoever has a certificate: encrypted with RSA-OAEP (SHA-256) under its key, base64. In which form the service encrypts
 * them is not known.
 */
final class Detokenization {
    private final Store store;
    private final Tokens tokens;
    private final Vault vault;
    private final Certificates certificates;

    Detokenization(Store store, Tokens tokens, Vault vault, Certificates certificates) {
        this.store = store;
        this.tokens = tokens;
        this.vault = vault;
        this.certificates = certificates;
    }

    Answer byTokens(Account account, HttpRequest request) {
        var answer = Json.object();
        var list = answer.putArray("tokens");
        var wanted = wanted(request, "tokens").stream().map(id -> tokens.require(account, id)).toList();
        var key = key(account);
        wanted.forEach(token -> list.add(json(token.card(), token.id(), null, token.schemeReferenceData(), key)));
        return Answer.ok(answer);
    }

    Answer byPayments(Account account, HttpRequest request) {
        var answer = Json.object();
        var list = answer.putArray("tokens");
        var wanted = wanted(request, "payments").stream().map(id -> payment(account, id)).toList();
        var key = key(account);
        for (var payment : wanted) {
            if (payment.terms().card() != null) {
                list.add(json(payment.terms().card(), payment.terms().token(), payment.wireId(), MethodOutput.schemeReference(payment), key));
            }
        }
        return Answer.ok(answer);
    }

    private static List<String> wanted(HttpRequest request, String name) {
        var wanted = request.queryParameters().stream().filter(pair -> pair.name().equals(name)).map(Forms.Pair::value).toList();
        if (wanted.isEmpty() || wanted.stream().anyMatch(String::isBlank)) {
            throw ProblemException.invalid(name, "must be given, once for each");
        }
        return wanted;
    }

    private Payment payment(Account account, String id) {
        var payment = store.payments().get(Ids.base(id));
        if (payment == null || !payment.merchantId().equals(account.require("merchant_id"))) {
            throw ProblemException.unknown("UNKNOWN_PAYMENT_ID", "payments");
        }
        return payment;
    }

    private PublicKey key(Account account) {
        var key = certificates.keyOf(account);
        if (key == null) {
            throw ProblemException.invalid("csr", "send a certificate request to /detokenize/csr first");
        }
        return key;
    }

    private ObjectNode json(CardFacts card, @Nullable String token, @Nullable String payment, @Nullable String scheme, PublicKey key) {
        var json = Json.object().put("cardExpiryDate", card.expiry());
        Wire.put(json, "cardBrand", CardReader.schemeOf(card.productId()));
        Wire.put(json, "cardHolderName", card.holder());
        Wire.put(json, "paymentId", payment);
        Wire.put(json, "schemeReferenceData", scheme);
        Wire.put(json, "token", token);
        try {
            var cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return json.put("encryptedCardNumber", Base64.getEncoder().encodeToString(cipher.doFinal(vault.open(card.sealed()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checked RSA key encrypts", e);
        }
    }
}
