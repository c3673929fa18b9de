package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The two calls about webhooks themselves (section 10). */
final class WebhookTools {
    private WebhookTools() {}

    /** The secret is not sent, but the signature that it makes of nothing. */
    static Answer validate(Account account, JsonNode json) {
        var body = Input.of(json);
        var key = body.requiredText("key");
        var secret = body.requiredText("secret");
        body.refuseIfWrong();
        boolean valid = key.equals(account.require("webhooks_key_id")) && MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8),
                Events.signature(account, "").getBytes(StandardCharsets.US_ASCII));
        return Answer.ok(Json.object().put("result", valid ? "Valid" : "Invalid"));
    }

    static Answer sendTest(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var url = body.requiredText("url");
        if (!url.isEmpty() && !Credentials.isWebUrl(url)) {
            body.refuse("url", "must be an http or https URL");
        }
        body.refuseIfWrong();
        var payment = Json.object().put("id", "9999_9").put("status", "AUTHORIZATION_REQUESTED");
        payment.putObject("statusOutput").put("isCancellable", false).put("statusCategory", Standing.WAITING).put("statusCode", 0)
                .put("isAuthorized", false).put("isRefundable", false);
        payment.putObject("paymentOutput").set("amountOfMoney", new Money(1234, "EUR").json());
        work.tell(new Events.Event(account.name(), "payment.test", "payment", payment, List.of(url)));
        return Answer.nothing();
    }
}
