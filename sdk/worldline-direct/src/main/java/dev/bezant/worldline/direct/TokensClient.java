package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateTokenRequest;
import dev.bezant.worldline.direct.model.CreatedTokenResponse;
import dev.bezant.worldline.direct.model.TokenResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Kept cards. */
public final class TokensClient {
    private final Gateway gateway;

    TokensClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Keeps a card. */
    public CreatedTokenResponse createToken(CreateTokenRequest request) {
        return createToken(request, CallContext.none());
    }

    public CreatedTokenResponse createToken(CreateTokenRequest request, CallContext context) {
        return gateway.post("createToken", context, "tokens").body(request).read(CreatedTokenResponse.class);
    }

    public CompletableFuture<CreatedTokenResponse> createTokenAsync(CreateTokenRequest request, CallContext context) {
        return gateway.async(() -> createToken(request, context));
    }

    /** What is known of one. */
    public TokenResponse getToken(String tokenId) {
        return getToken(tokenId, CallContext.none());
    }

    public TokenResponse getToken(String tokenId, CallContext context) {
        return gateway.get("getToken", context, "tokens", tokenId).read(TokenResponse.class);
    }

    public CompletableFuture<TokenResponse> getTokenAsync(String tokenId, CallContext context) {
        return gateway.async(() -> getToken(tokenId, context));
    }

    /** Forgets one. */
    public void deleteToken(String tokenId) {
        deleteToken(tokenId, CallContext.none());
    }

    public void deleteToken(String tokenId, CallContext context) {
        gateway.delete("deleteToken", context, "tokens", tokenId).done();
    }

    public CompletableFuture<@Nullable Void> deleteTokenAsync(String tokenId, CallContext context) {
        return gateway.async(() -> {
            deleteToken(tokenId, context);
            return null;
        });
    }
}
