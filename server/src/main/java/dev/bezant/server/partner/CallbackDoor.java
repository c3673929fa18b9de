package dev.bezant.server.partner;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.RawRoute;
import dev.bezant.server.http.RawRoute.RawMessage;
import dev.bezant.server.http.RawRoute.RawReply;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.webhook.inbound.Inbound;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code webhook/}: where callbacks of Corefy come in that name no account. The account is the one whose secret signed it and, where several have
 * the same secret, the one whose payment it is about.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 7"
 */
final class CallbackDoor {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackDoor.class);
    private static final String PATH = PartnerFeature.BASE + "/webhook";
    private static final String SIGNATURE = "X-Signature";

    private final Database database;
    private final ProviderAccounts accounts;
    private final Inbound inbound;

    CallbackDoor(Database database, ProviderAccounts accounts, Inbound inbound) {
        this.database = database;
        this.accounts = accounts;
        this.inbound = inbound;
    }

    List<RawRoute> routes() {
        return List.of(new RawRoute(PATH, this::take), new RawRoute(PATH + "/{account_key}", this::takeOf));
    }

    private RawReply take(RawMessage message) {
        return took(message, accounts.everywhere().stream().flatMap(key -> corefy(key).stream()).toList());
    }

    /** The id of a provider account names its secret. */
    private RawReply takeOf(RawMessage message) {
        String wanted = message.pathParam("account_key");
        return took(message, accounts.everywhere().stream().filter(key -> key.id().equals(wanted)).flatMap(key -> corefy(key).stream()).toList());
    }

    private Optional<ProviderAccount> corefy(ProviderAccounts.Key key) {
        return accounts.find(key.accountId(), key.livemode(), key.id()).filter(account -> account.provider().equals(Providers.COREFY));
    }

    private RawReply took(RawMessage message, List<ProviderAccount> candidates) {
        String signature = message.header().apply(SIGNATURE);
        if (signature == null || signature.isBlank()) {
            return failed(400, "validation_error", "Missing webhook signature");
        }
        try {
            Json.read(new String(message.body(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return failed(400, "invalid_json", "The body is not JSON");
        }
        Map<ProviderAccount, Boolean> read = new LinkedHashMap<>();
        candidates.forEach(account -> isGenuine(account, message).ifPresent(genuine -> read.put(account, genuine)));
        List<ProviderAccount> signed = read.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
        if (signed.isEmpty()) {
            read.keySet().stream().findFirst().ifPresent(account -> inbound.take(account, message));
            return failed(401, "authentication_error", "The signature is no Corefy account's");
        }
        ProviderAccount account = signed.stream().filter(it -> isOf(it, message)).findFirst().orElse(signed.getFirst());
        return switch (inbound.take(account, message)) {
            case STORED -> new RawReply(200, Json.write(Json.object().put("status", "success").put("message", "Webhook processed successfully")), "application/json");
            case REFUSED -> failed(401, "authentication_error", "The signature is no Corefy account's");
            case TOO_LARGE -> failed(413, "payload_too_large", "The callback is too large");
        };
    }

    /** Empty for an account that cannot be opened: it keeps nobody else's callbacks out. */
    private Optional<Boolean> isGenuine(ProviderAccount account, RawMessage message) {
        try {
            return Optional.of(inbound.isGenuine(account, message));
        } catch (IllegalArgumentException e) {
            LOG.atError().setCause(e).addKeyValue("provider_account", account.id()).log("A provider account cannot be opened");
            return Optional.empty();
        }
    }

    /** Whether a payment or payout of that account is what it is about. */
    private boolean isOf(ProviderAccount account, RawMessage message) {
        return inbound.reference(account, message).map(reference -> database.sql("""
                        select 1 from charge where account_id = :account and reference = :reference and provider_account_id = :provider
                        union all
                        select 1 from payout where account_id = :account and reference = :reference and provider_account_id = :provider
                        """)
                .bind("account", account.accountId())
                .bind("reference", reference)
                .bind("provider", account.id())
                .one(row -> true)
                .isPresent()).orElse(false);
    }

    private static RawReply failed(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.put("status", "failed");
        body.put("error", message);
        body.put("error_code", code);
        body.put("message", message);
        return new RawReply(status, Json.write(body), "application/json");
    }
}
