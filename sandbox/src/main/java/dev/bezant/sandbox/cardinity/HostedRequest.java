package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a shop's form asks of the hosted page (section 7), and what is wrong with it. */
final class HostedRequest {
    private final Accounts accounts;

    HostedRequest(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * @throws ProblemException 400 with all that is wrong; 401 if the project is unknown or the signature does not fit
     */
    Checkout read(List<Forms.Pair> form) {
        var sent = new LinkedHashMap<String, String>();
        form.forEach(pair -> sent.put(pair.name(), pair.value()));
        var account = authenticated(sent);
        var violations = new Violations();
        var json = Json.object();
        // An empty field counts as one that was left out.
        sent.forEach((name, value) -> {
            if (!value.isEmpty()) {
                json.put(name, value);
            }
        });
        var fields = new Fields(json, violations);
        var currency = PaymentRequest.currency(fields, account);
        long cents = PaymentRequest.amount(fields, 50, currency);
        var country = PaymentRequest.country(fields);
        var orderId = PaymentRequest.orderId(fields);
        if (orderId == null) {
            fields.refuse("order_id", Fields.EMPTY);
        }
        var description = fields.text("description", 255);
        var returnUrl = url(fields, "return_url");
        if (returnUrl == null) {
            fields.refuse("return_url", Fields.EMPTY);
        }
        var cancelUrl = url(fields, "cancel_url");
        var notificationUrl = url(fields, "notification_url");
        violations.refuseIfAny();
        return new Checkout(UUID.randomUUID().toString(), account.name(), cents, currency, country, orderId,
                description == null ? "" : description, returnUrl, cancelUrl, notificationUrl, null, null);
    }

    private Account authenticated(Map<String, String> sent) {
        var projectId = sent.getOrDefault("project_id", "");
        var account = accounts.identified(CardinityProvider.NAME, "project_id", projectId);
        if (account == null) {
            throw new ProblemException(401, "project_id '" + projectId + "' is not known", null);
        }
        var expected = HostedSignature.of(sent, account.require("project_secret"));
        var given = sent.getOrDefault("signature", "");
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
            throw new ProblemException(401, "The signature does not fit the fields", null);
        }
        return account;
    }

    private static @Nullable String url(Fields fields, String name) {
        var url = fields.text(name, 2048);
        if (url != null && !ThreeDsRequest.isWebUrl(url)) {
            fields.refuse(name, "must be an http or https URL");
        }
        return url;
    }
}
