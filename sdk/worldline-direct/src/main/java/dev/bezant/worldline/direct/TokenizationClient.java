package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CreateCertificateResponse;
import dev.bezant.worldline.direct.model.CsrRequest;
import dev.bezant.worldline.direct.model.DetokenizationResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Card data of the merchant's own tokens, encrypted for the merchant, to move elsewhere. */
public final class TokenizationClient {
    private final Gateway gateway;

    TokenizationClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The certificate that card data will be encrypted for. */
    public CreateCertificateResponse createCertificate(CsrRequest request) {
        return createCertificate(request, CallContext.none());
    }

    public CreateCertificateResponse createCertificate(CsrRequest request, CallContext context) {
        return gateway.post("createCertificate", context, "detokenize", "csr").body(request).read(CreateCertificateResponse.class);
    }

    public CompletableFuture<CreateCertificateResponse> createCertificateAsync(CsrRequest request, CallContext context) {
        return gateway.async(() -> createCertificate(request, context));
    }

    /** The cards behind tokens. */
    public DetokenizationResponse getCardDataByTokens(List<String> tokens) {
        return getCardDataByTokens(tokens, CallContext.none());
    }

    public DetokenizationResponse getCardDataByTokens(List<String> tokens, CallContext context) {
        return gateway.get("getCardDataByTokens", context, "detokenize", "tokens").query("tokens", tokens).read(DetokenizationResponse.class);
    }

    public CompletableFuture<DetokenizationResponse> getCardDataByTokensAsync(List<String> tokens, CallContext context) {
        return gateway.async(() -> getCardDataByTokens(tokens, context));
    }

    /** The cards behind payments. */
    public DetokenizationResponse getCardDataByPayments(List<String> payments) {
        return getCardDataByPayments(payments, CallContext.none());
    }

    public DetokenizationResponse getCardDataByPayments(List<String> payments, CallContext context) {
        return gateway.get("getCardDataByPayments", context, "detokenize", "payments").query("payments", payments)
                .read(DetokenizationResponse.class);
    }

    public CompletableFuture<DetokenizationResponse> getCardDataByPaymentsAsync(List<String> payments, CallContext context) {
        return gateway.async(() -> getCardDataByPayments(payments, context));
    }
}
