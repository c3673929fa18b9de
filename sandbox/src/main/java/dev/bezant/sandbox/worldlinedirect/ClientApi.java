package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the browser SDK asks for with a session from {@code createSession} (section 1): {@code Authorization: GCS v1Client:session}, and the
 * session's customer in the path. Pages from anywhere may call it, as that is what it is for.
 */
final class ClientApi {
    static final String PATH = "/client";
    private static final Pattern HEADER = Pattern.compile("GCS\\s+v1Client:(\\S+)");

    private final Store store;
    private final Accounts accounts;
    private final SandboxClock clock;
    private final Products products;
    private final Services services;
    private final Vault vault;

    ClientApi(Store store, Accounts accounts, SandboxClock clock, Products products, Services services, Vault vault) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
        this.products = products;
        this.services = services;
        this.vault = vault;
    }

    static boolean isMeant(HttpRequest request) {
        return request.path().startsWith(PATH + "/");
    }

    HttpResponse answer(@Nullable Operation operation, HttpRequest request) {
        if (request.method().equals("OPTIONS")) {
            return open(new HttpResponse(204, Map.of(), new byte[0]));
        }
        try {
            if (operation == null) {
                return open(new HttpResponse(404, Map.of(), new byte[0]));
            }
            return open(call(operation, request).response());
        } catch (ProblemException e) {
            return open(e.response());
        }
    }

    private Answer call(Operation operation, HttpRequest request) {
        var session = session(request);
        var account = account(session);
        var onFile = session.tokens().stream().map(id -> store.tokens().get(id)).filter(Objects::nonNull)
                .filter(token -> token.isUsable(clock.instant())).toList();
        return switch (operation.id()) {
            case "clientProducts" -> products.list(request, onFile);
            case "clientProduct" -> products.one(request, Api.segment(request, 5), onFile);
            case "clientProductNetworks" -> products.networks(request, Api.segment(request, 5));
            case "clientPublicKey" -> Answer.ok(Json.object().put("keyId", vault.keyId()).put("publicKey", vault.publicKey()));
            case "clientIINDetails" -> Services.iinDetails(Api.body(request));
            case "clientSurcharge" -> services.surcharge(account, Api.body(request));
            case "clientDccRate" -> services.dccRate(account, Api.body(request));
            default -> throw new IllegalStateException("no answer for " + operation.id());
        };
    }

    private ClientSession session(HttpRequest request) {
        var header = request.header("authorization");
        var matcher = HEADER.matcher(header == null ? "" : header.strip());
        var session = matcher.matches() ? store.clientSessions().get(matcher.group(1)) : null;
        if (session == null || !clock.instant().isBefore(session.created().plus(ClientSession.LIFE))
                || !session.customerId().equals(Api.segment(request, 3))) {
            throw ProblemException.forbidden("the client session is not known, or over");
        }
        return session;
    }

    private Account account(ClientSession session) {
        return accounts.active().stream()
                .filter(account -> account.provider().equals(WorldlineDirectProvider.NAME))
                .filter(account -> session.merchantId().equals(account.get("merchant_id")))
                .findFirst().orElseThrow(() -> ProblemException.forbidden("the merchant is gone"));
    }

    static HttpResponse open(HttpResponse response) {
        return response.with("Access-Control-Allow-Origin", "*").with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type, X-GCS-ClientMetaInfo");
    }
}
