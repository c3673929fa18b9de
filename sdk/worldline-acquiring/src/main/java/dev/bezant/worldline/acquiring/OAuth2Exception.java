package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.error.AuthenticationException;
import dev.bezant.sdk.error.Problem;

/** The authorization server gives this client no access token. The API was not asked anything; nothing happened. */
public final class OAuth2Exception extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    /** @param problem with the server's {@code error} as its code and the description as its detail */
    OAuth2Exception(Problem problem) {
        super(problem, "No access token: the authorization server answered " + problem.status() + " " + problem.code()
                + (problem.detail() == null ? "" : " - " + problem.detail()) + advice(problem.code()));
    }

    /** Of RFC 6749, section 5.2, such as {@code invalid_client}. */
    public String error() {
        String code = problem().code();
        return code == null ? "" : code;
    }

    private static String advice(@org.jspecify.annotations.Nullable String error) {
        return switch (error == null ? "" : error) {
            case "invalid_scope" -> ". Ask for no more than the client was granted: setting acquiring.api.oauth2.scopes";
            case "invalid_client", "unauthorized_client" -> ". Check client id and secret: test and live have different ones";
            default -> "";
        };
    }
}
