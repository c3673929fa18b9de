package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.provider.Call;
import dev.bezant.sandbox.provider.Operation;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.World;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets in who has a token for what is called (section 3). */
final class Gatekeeper {
    private static final String SCHEME = "bearer ";

    private final World world;
    private final Tokens tokens;

    Gatekeeper(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** The account that the request's token was issued to, valid or not. */
    @Nullable Account accountOf(HttpRequest request) {
        var text = bearer(request);
        var token = text == null ? null : tokens.find(text);
        return token == null ? null : world.accounts().find(WorldlineAcquiringProvider.NAME, token.account()).orElse(null);
    }

    /**
     * @throws ProblemException 401 or 403
     */
    Account admit(Call call, Operation operation) {
        var account = identify(call, operation);
        var token = tokens.find(String.valueOf(bearer(call.request())));
        if (token != null && !tokens.serves(token, Settings.tokenCalls(account))) {
            throw invalidToken("The token was revoked");
        }
        return account;
    }

    /** As {@link #admit}, but without counting. */
    Account identify(Call call, Operation operation) {
        var text = bearer(call.request());
        if (text == null) {
            throw ProblemException.unauthorized("Bearer", "The request carries no access token");
        }
        var token = tokens.find(text);
        var account = accountOf(call.request());
        if (token == null || account == null || account.revoked()) {
            throw invalidToken("The token is not known");
        }
        // A fault may move the clock by which tokens are judged.
        var skew = Duration.between(world.clock().wallTime(), call.authenticationTime());
        if (token.revoked() || !world.clock().instant().plus(skew).isBefore(token.expires())) {
            throw invalidToken(token.revoked() ? "The token was revoked" : "The token has expired");
        }
        if (!token.scopes().contains(Operations.scopeOf(operation))) {
            throw ProblemException.forbidden("The token does not permit " + Operations.scopeOf(operation));
        }
        if (Operations.isOfMerchant(operation) && !isOwn(account, call.request())) {
            throw ProblemException.forbidden("These credentials are not this merchant's");
        }
        return account;
    }

    private static boolean isOwn(Account account, HttpRequest request) {
        var segments = Operation.segments(request.path());
        return account.require("acquirer_id").equals(Forms.percentDecode(segments[3]))
                && account.require("merchant_id").equals(Forms.percentDecode(segments[4]));
    }

    private static ProblemException invalidToken(String why) {
        return ProblemException.unauthorized("Bearer error=\"invalid_token\", error_description=\"" + why + "\"", why);
    }

    private static @Nullable String bearer(HttpRequest request) {
        var header = request.header("authorization");
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME) ? null : header.substring(SCHEME.length()).strip();
    }
}
