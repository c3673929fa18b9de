package dev.bezant.worldline.acquiring.model;

import java.util.List;

/** Says whose disputes are meant, in one of three ways. */
public interface Merchants {
    static MerchantScope ofAcquirers(List<String> acquirerIds) {
        return MerchantScope.builder().merchantScopeType(MerchantScopeType.BY_ACQUIRER_IDS).acquirerIds(acquirerIds).build();
    }

    static MerchantScope of(List<MerchantIdentifier> merchants) {
        return MerchantScope.builder().merchantScopeType(MerchantScopeType.BY_MERCHANT_IDS).merchantIds(merchants).build();
    }

    static MerchantScope of(String acquirerId, String merchantId) {
        return of(List.of(MerchantIdentifier.builder().acquirerId(acquirerId).merchantId(merchantId).build()));
    }

    /** @param roots groups of merchants */
    static MerchantScope ofRoots(List<MerchantRootIdentifier> roots) {
        return MerchantScope.builder().merchantScopeType(MerchantScopeType.BY_MERCHANT_ROOT_IDS).merchantRootIds(roots).build();
    }
}
