package dev.bezant.worldline.direct;

import dev.bezant.sdk.CallContext;
import dev.bezant.worldline.direct.model.GetPaymentProductNetworksParams;
import dev.bezant.worldline.direct.model.GetPaymentProductParams;
import dev.bezant.worldline.direct.model.GetPaymentProductsParams;
import dev.bezant.worldline.direct.model.GetPaymentProductsResponse;
import dev.bezant.worldline.direct.model.GetProductDirectoryParams;
import dev.bezant.worldline.direct.model.PaymentProduct;
import dev.bezant.worldline.direct.model.PaymentProductNetworksResponse;
import dev.bezant.worldline.direct.model.PaymentProductSessionRequest;
import dev.bezant.worldline.direct.model.PaymentProductSessionResponse;
import dev.bezant.worldline.direct.model.ProductDirectory;
import java.util.concurrent.CompletableFuture;

/** The ways to pay that the account offers. */
public final class ProductsClient {
    private final Gateway gateway;

    ProductsClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** All of them, for a payment in a country and currency. */
    public GetPaymentProductsResponse getPaymentProducts(GetPaymentProductsParams params) {
        return getPaymentProducts(params, CallContext.none());
    }

    public GetPaymentProductsResponse getPaymentProducts(GetPaymentProductsParams params, CallContext context) {
        return gateway.get("getPaymentProducts", context, "products").query(params).read(GetPaymentProductsResponse.class);
    }

    public CompletableFuture<GetPaymentProductsResponse> getPaymentProductsAsync(GetPaymentProductsParams params, CallContext context) {
        return gateway.async(() -> getPaymentProducts(params, context));
    }

    /** One, with the fields that the payer must fill in. */
    public PaymentProduct getPaymentProduct(int paymentProductId, GetPaymentProductParams params) {
        return getPaymentProduct(paymentProductId, params, CallContext.none());
    }

    public PaymentProduct getPaymentProduct(int paymentProductId, GetPaymentProductParams params, CallContext context) {
        return gateway.get("getPaymentProduct", context, "products", Integer.toString(paymentProductId)).query(params)
                .read(PaymentProduct.class);
    }

    public CompletableFuture<PaymentProduct> getPaymentProductAsync(int paymentProductId, GetPaymentProductParams params, CallContext context) {
        return gateway.async(() -> getPaymentProduct(paymentProductId, params, context));
    }

    /** The card networks of a wallet. */
    public PaymentProductNetworksResponse getPaymentProductNetworks(int paymentProductId, GetPaymentProductNetworksParams params) {
        return getPaymentProductNetworks(paymentProductId, params, CallContext.none());
    }

    public PaymentProductNetworksResponse getPaymentProductNetworks(
            int paymentProductId, GetPaymentProductNetworksParams params, CallContext context) {
        return gateway.get("getPaymentProductNetworks", context, "products", Integer.toString(paymentProductId), "networks").query(params)
                .read(PaymentProductNetworksResponse.class);
    }

    public CompletableFuture<PaymentProductNetworksResponse> getPaymentProductNetworksAsync(
            int paymentProductId, GetPaymentProductNetworksParams params, CallContext context) {
        return gateway.async(() -> getPaymentProductNetworks(paymentProductId, params, context));
    }

    /** The banks that a payer can choose from. */
    public ProductDirectory getProductDirectory(int paymentProductId, GetProductDirectoryParams params) {
        return getProductDirectory(paymentProductId, params, CallContext.none());
    }

    public ProductDirectory getProductDirectory(int paymentProductId, GetProductDirectoryParams params, CallContext context) {
        return gateway.get("getProductDirectory", context, "products", Integer.toString(paymentProductId), "directory").query(params)
                .read(ProductDirectory.class);
    }

    public CompletableFuture<ProductDirectory> getProductDirectoryAsync(
            int paymentProductId, GetProductDirectoryParams params, CallContext context) {
        return gateway.async(() -> getProductDirectory(paymentProductId, params, context));
    }

    /** A session with a wallet, such as Apple Pay's for a shop. */
    public PaymentProductSessionResponse createPaymentProductSession(int paymentProductId, PaymentProductSessionRequest request) {
        return createPaymentProductSession(paymentProductId, request, CallContext.none());
    }

    public PaymentProductSessionResponse createPaymentProductSession(
            int paymentProductId, PaymentProductSessionRequest request, CallContext context) {
        return gateway.post("createPaymentProductSession", context, "products", Integer.toString(paymentProductId), "sessions").body(request)
                .read(PaymentProductSessionResponse.class);
    }

    public CompletableFuture<PaymentProductSessionResponse> createPaymentProductSessionAsync(
            int paymentProductId, PaymentProductSessionRequest request, CallContext context) {
        return gateway.async(() -> createPaymentProductSession(paymentProductId, request, context));
    }
}
