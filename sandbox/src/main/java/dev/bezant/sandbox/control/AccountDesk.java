package dev.bezant.sandbox.control;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lists, makes and revokes merchant accounts. */
final class AccountDesk {
    private static final Set<String> FIELDS = Set.of("provider", "account", "credentials");
    private static final int ACCOUNTS_MAX = 10_000;

    private final World world;
    private final List<Site> sites;

    AccountDesk(World world, List<Site> sites) {
        this.world = world;
        this.sites = sites;
    }

    ObjectNode list(HttpRequest request) {
        var provider = request.queryParameter("provider");
        var name = request.queryParameter("account");
        var list = Json.object();
        var data = list.putArray("data");
        for (var account : world.accounts().active()) {
            if ((provider == null || provider.equals(account.provider())) && (name == null || name.equals(account.name()))) {
                data.add(render(account));
            }
        }
        return list;
    }

    /** One at a time, so that two requests cannot take the same name or key. */
    synchronized ObjectNode add(HttpRequest request) {
        var body = Body.of(request, FIELDS);
        var site = site(body.text("provider"));
        var provider = site.provider().name();
        if (world.accounts().active().size() >= ACCOUNTS_MAX) {
            throw new ControlException(409, "There are already " + ACCOUNTS_MAX + " accounts; POST /control/reset forgets them");
        }
        var name = body.text("account");
        if (name == null) {
            name = freeName(provider);
        } else if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ControlException(400, "account is '" + name + "', expected 1 to 64 letters, digits, '.', '_' or '-'");
        }
        var existing = world.accounts().find(provider, name).orElse(null);
        if (existing != null && !existing.revoked()) {
            throw new ControlException(409, "There is already an account " + name + " of " + provider
                    + "; DELETE /control/accounts?provider=" + provider + "&account=" + name + " revokes it");
        }
        var credentials = site.provider().credentials(body.strings("credentials"), existing == null ? null : existing.credentials());
        refuseTaken(provider, credentials);
        var account = new Account(provider, name, credentials, existing != null && existing.standard(), false);
        world.save(account);
        return render(account);
    }

    synchronized ObjectNode revoke(HttpRequest request) {
        var provider = site(request.queryParameter("provider")).provider().name();
        var name = request.queryParameter("account");
        if (name == null) {
            throw new ControlException(400, "account is required in the query");
        }
        var account = world.accounts().find(provider, name).filter(found -> !found.revoked())
                .orElseThrow(() -> new ControlException(404, "There is no account " + name + " of " + provider));
        world.revoke(account);
        return Json.object().put("provider", provider).put("account", name).put("revoked", true);
    }

    private void refuseTaken(String provider, Map<String, String> credentials) {
        credentials.forEach((field, value) -> {
            if (world.accounts().identified(provider, field, value) != null) {
                throw new ControlException(409, "credentials." + field + " belongs to another account");
            }
        });
    }

    private String freeName(String provider) {
        for (int number = 2;; number++) {
            var name = "account-" + number;
            if (world.accounts().find(provider, name).isEmpty()) {
                return name;
            }
        }
    }

    /** The provider of that name; without a name the only one, if there is only one. */
    private Site site(@Nullable String provider) {
        if (provider == null && sites.size() == 1) {
            return sites.getFirst();
        }
        if (provider == null) {
            throw new ControlException(400, "provider is required");
        }
        return sites.stream().filter(site -> site.provider().name().equals(provider)).findFirst()
                .orElseThrow(() -> FaultDesk.unknownProvider(provider, sites));
    }

    private ObjectNode render(Account account) {
        var json = Json.object().put("provider", account.provider()).put("account", account.name());
        var site = site(account.provider());
        json.put("url", site.server().uri().toString());
        var credentials = json.putObject("credentials");
        new TreeMap<>(site.provider().shown(account)).forEach(credentials::put);
        return json;
    }
}
