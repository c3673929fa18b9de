package dev.bezant.server.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Function;

/** The addresses of our pages for payers; each carries a token that cannot be guessed and is stored nowhere. */
public final class ActionPages {
    private static final int TOKEN_CHARS = 32;

    private final PaymentSettings settings;
    private final Function<String, byte[]> mac;

    /** @param mac a keyed hash of a text */
    public ActionPages(PaymentSettings settings, Function<String, byte[]> mac) {
        this.settings = settings;
        this.mac = mac;
    }

    /** Where the payer's browser is sent to act. */
    String actionUrl(Charge charge) {
        return settings.publicUrl() + "/pay/authenticate/" + charge.accountId() + "/" + charge.id() + "/" + token(charge.accountId(), charge.id());
    }

    /** Where the challenge brings it back to. */
    public String returnUrl(Charge charge) {
        return settings.publicUrl() + "/pay/return/" + charge.accountId() + "/" + charge.id() + "/" + token(charge.accountId(), charge.id());
    }

    /** Where the provider of an attempt may tell us of it. */
    public String noticeUrl(Charge charge) {
        return settings.publicUrl() + "/notices/" + (charge.livemode() ? "live/" : "test/") + charge.accountId() + "/" + charge.providerAccountId();
    }

    /** Where a payer sees what was paid. */
    String receiptUrl(String reference) {
        return settings.publicUrl() + "/pay/receipts/" + reference + "/" + token("receipt|" + reference);
    }

    boolean isReceipt(String reference, String token) {
        return same(token("receipt|" + reference), token);
    }

    boolean matches(String account, String chargeId, String token) {
        return same(token(account, chargeId), token);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private String token(String account, String chargeId) {
        return token("action|" + account + "|" + chargeId);
    }

    private String token(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.apply(text)).substring(0, TOKEN_CHARS);
    }
}
