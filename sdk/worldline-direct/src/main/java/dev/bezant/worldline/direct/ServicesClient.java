package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.CalculateSurchargeRequest;
import dev.bezant.worldline.direct.model.CalculateSurchargeResponse;
import dev.bezant.worldline.direct.model.CurrencyConversionRequest;
import dev.bezant.worldline.direct.model.CurrencyConversionResponse;
import dev.bezant.worldline.direct.model.GetIINDetailsRequest;
import dev.bezant.worldline.direct.model.GetIINDetailsResponse;
import dev.bezant.worldline.direct.model.TestConnection;
import java.util.concurrent.CompletableFuture;

/** What can be asked before a payment. */
public final class ServicesClient {
    private final Gateway gateway;

    ServicesClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Whether the connection and the keys work. */
    public TestConnection testConnection() {
        return testConnection(CallContext.none());
    }

    public TestConnection testConnection(CallContext context) {
        return gateway.get("testConnection", context, "services", "testconnection").read(TestConnection.class);
    }

    public CompletableFuture<TestConnection> testConnectionAsync(CallContext context) {
        return gateway.async(() -> testConnection(context));
    }

    /** What the first digits of a card's number tell. */
    public GetIINDetailsResponse getIINDetails(GetIINDetailsRequest request) {
        return getIINDetails(request, CallContext.none());
    }

    public GetIINDetailsResponse getIINDetails(GetIINDetailsRequest request, CallContext context) {
        return gateway.post("getIINDetails", context, "services", "getIINdetails").body(request).read(GetIINDetailsResponse.class);
    }

    public CompletableFuture<GetIINDetailsResponse> getIINDetailsAsync(GetIINDetailsRequest request, CallContext context) {
        return gateway.async(() -> getIINDetails(request, context));
    }

    /** An amount in the card's own currency. */
    public CurrencyConversionResponse getDccRateInquiry(CurrencyConversionRequest request) {
        return getDccRateInquiry(request, CallContext.none());
    }

    public CurrencyConversionResponse getDccRateInquiry(CurrencyConversionRequest request, CallContext context) {
        return gateway.post("getDccRateInquiry", context, "services", "dccrate").body(request).read(CurrencyConversionResponse.class);
    }

    public CompletableFuture<CurrencyConversionResponse> getDccRateInquiryAsync(CurrencyConversionRequest request, CallContext context) {
        return gateway.async(() -> getDccRateInquiry(request, context));
    }

    /** What is added to an amount for a card. */
    public CalculateSurchargeResponse surchargeCalculation(CalculateSurchargeRequest request) {
        return surchargeCalculation(request, CallContext.none());
    }

    public CalculateSurchargeResponse surchargeCalculation(CalculateSurchargeRequest request, CallContext context) {
        return gateway.post("surchargeCalculation", context, "services", "surchargecalculation").body(request)
                .read(CalculateSurchargeResponse.class);
    }

    public CompletableFuture<CalculateSurchargeResponse> surchargeCalculationAsync(CalculateSurchargeRequest request, CallContext context) {
        return gateway.async(() -> surchargeCalculation(request, context));
    }
}
