package dev.bezant.cardinity;

import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.webhook.HmacSha256;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cardinity's own payment page: signs what the payer's browser takes there, verifies what comes back. Needs no connection.
 *
 * @param projectId and the secret are a pair of their own, apart from the API's keys
 * @see "docs/protocols/cardinity.md, section 7"
 */
public record HostedPage(String projectId, SecretText projectSecret, URI checkoutUrl) {
    public static final URI DEFAULT_CHECKOUT_URL = URI.create("https://checkout.cardinity.com");

    public HostedPage {
        if (projectId.isBlank() || projectSecret.isBlank()) {
            throw new IllegalArgumentException("the project id or the project secret is blank");
        }
    }

    public static HostedPage of(String projectId, SecretText projectSecret) {
        return new HostedPage(projectId, projectSecret, DEFAULT_CHECKOUT_URL);
    }

    /** @throws dev.bezant.sdk.error.InvalidRequestException with everything that is wrong with the order */
    public FormPost form(HostedOrder order) {
        Map<String, String> fields = order.fields(projectId);
        fields.put("signature", sign(fields));
        return new FormPost(checkoutUrl, fields);
    }

    /**
     * @param fields every field of the return or notification POST, decoded; empty ones too, their names are signed
     * @throws SignatureException unless it is signed with the project's secret and is about this project
     */
    public HostedReturn verify(Map<String, String> fields) {
        byte[] signature;
        try {
            signature = HexFormat.of().parseHex(fields.getOrDefault("signature", ""));
        } catch (IllegalArgumentException e) {
            throw new SignatureException("the signature is not hexadecimal");
        }
        if (!HmacSha256.matches(text(fields), projectSecret, signature)) {
            throw new SignatureException("the signature does not fit the fields");
        }
        // The signed text has no separators, so one text can be cut into fields in several ways: only strict values make it mean one thing.
        String id = value(fields, "project_id", ".+");
        if (!id.equals(projectId)) {
            throw new SignatureException("this is about another project");
        }
        return new HostedReturn(
                value(fields, "id", "[0-9a-fA-F-]{36}"),
                new BigDecimal(value(fields, "amount", "[0-9]{1,9}\\.[0-9]{2}")),
                value(fields, "currency", "[A-Z]{3}"),
                value(fields, "order_id", "[A-Za-z0-9'.-]{2,50}"),
                value(fields, "status", "[a-z]+"),
                value(fields, "live", "|0|1|true|false").matches("1|true"),
                created(fields.get("created")));
    }

    /** Lower-case hexadecimal HMAC-SHA256 over the fields' names and values in the order of the names. */
    String sign(Map<String, String> fields) {
        return HexFormat.of().formatHex(HmacSha256.sign(text(fields), projectSecret));
    }

    private static byte[] text(Map<String, String> fields) {
        var text = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (!name.equals("signature")) {
                text.append(name).append(value);
            }
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String value(Map<String, String> fields, String name, String pattern) {
        String value = fields.get(name);
        if (value == null || !value.matches(pattern)) {
            throw new SignatureException("the field " + name + " is absent or not as expected");
        }
        return value;
    }

    private static @Nullable Instant created(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new SignatureException("the field created is not a time");
        }
    }
}
