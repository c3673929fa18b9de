package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Accounts;
import dev.bezant.sandbox.world.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Issues and revokes access tokens (section 3; RFC 6749, sections 4.4 and 5.2; RFC 7009). Credentials may come in the form or as Basic
 * authorization.
 */
final class AuthorizationServer {
    private record Client(String id, String secret) {}

    private final Accounts accounts;
    private final Tokens tokens;

    AuthorizationServer(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /** The account whose client the request names, whether or not it proves to be it. */
    @Nullable Account accountOf(HttpRequest request) {
        var client = client(request);
        return client == null ? null : accounts.identified(WorldlineAcquiringProvider.NAME, "client_id", client.id());
    }

    HttpResponse token(HttpRequest request) {
        var account = authenticate(request);
        if (account == null) {
            return invalidClient();
        }
        if (!"client_credentials".equals(Forms.first(request.form(), "grant_type"))) {
            return error(400, "unsupported_grant_type", "Only client_credentials is granted");
        }
        var asked = Scopes.split(String.valueOf(Forms.first(request.form(), "scope") == null ? "" : Forms.first(request.form(), "scope")));
        var granted = Scopes.granted(account);
        if (!granted.containsAll(asked)) {
            var excess = new TreeSet<>(asked);
            excess.removeAll(granted);
            return error(400, "invalid_scope", "This client was not granted " + String.join(" ", excess));
        }
        Set<String> scopes = asked.isEmpty() ? granted : asked;
        var json = Json.object().put("access_token", tokens.issue(account, scopes)).put("expires_in", Settings.tokenLife(account).toSeconds())
                .put("token_type", "Bearer").put("scope", String.join(" ", new TreeSet<>(scopes)));
        return HttpResponse.json(200, Json.bytes(json)).with("Cache-Control", "no-store");
    }

    /** Of one token, or, an extension, of all that this client has. Unknown tokens are no error (RFC 7009, section 2.2). */
    HttpResponse revocation(HttpRequest request) {
        var account = authenticate(request);
        if (account == null) {
            return invalidClient();
        }
        tokens.revoke(account, Forms.first(request.form(), "token"));
        return new HttpResponse(200, Map.of(), new byte[0]);
    }

    private @Nullable Account authenticate(HttpRequest request) {
        var client = client(request);
        var account = accountOf(request);
        boolean proved = client != null && account != null && MessageDigest.isEqual(client.secret().getBytes(StandardCharsets.UTF_8),
                account.require("client_secret").getBytes(StandardCharsets.UTF_8));
        return proved ? account : null;
    }

    private static @Nullable Client client(HttpRequest request) {
        var header = request.header("authorization");
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                var pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8).split(":", 2);
                return pair.length == 2 ? new Client(Forms.percentDecode(pair[0]), Forms.percentDecode(pair[1])) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        var id = Forms.first(request.form(), "client_id");
        var secret = Forms.first(request.form(), "client_secret");
        return id == null || secret == null ? null : new Client(id, secret);
    }

    private static HttpResponse invalidClient() {
        return error(401, "invalid_client", "Invalid client credentials").with("WWW-Authenticate", "Basic realm=\"sandbox\"");
    }

    private static HttpResponse error(int status, String error, String description) {
        return HttpResponse.json(status, Json.bytes(Json.object().put("error", error).put("error_description", description)))
                .with("Cache-Control", "no-store");
    }
}
