package dev.bezant.worldline.direct;

import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;

/**
 * What of Direct's messages must not be read in a log: what the vendor's own libraries mask, and what they forget.
 *
 * @see "docs/protocols/worldline-direct.md, section 8"
 */
public final class DirectObfuscation {
    private static final ObfuscationRule SECRET = ObfuscationRule.fixedLength(8);

    private DirectObfuscation() {}

    /** The rules that clients have from the start, to be added to; a later rule for a name replaces an earlier one. */
    public static Obfuscator.Builder rules() {
        return Obfuscator.builder()
                .header("X-GCS-Authentication-Token", SECRET)
                .header("X-GCS-CallerPassword", SECRET)
                .pathSegmentAfter("tokens", SECRET)
                // Personal data: the length may be seen.
                .properties(ObfuscationRule.all(), "additionalInfo", "cardholderName", "dateOfBirth", "emailAddress", "faxNumber", "firstName",
                        "surname", "surnamePrefix", "houseNumber", "mobilePhoneNumber", "passengerName", "phoneNumber", "street", "workPhoneNumber",
                        "zip", "city", "state", "gender", "value", "cvv", "accountHolderName", "ipAddress", "customerIpAddress", "userAgent",
                        "fiscalNumber", "vatId", "organizationRegistrationId", "birthCity", "birthCountry", "birthZipCode", "loyaltyCardNumber",
                        "recipientName", "payerId", "accountId", "blackListData", "showData", "entityId")
                .properties(ObfuscationRule.allButLast(4), "cardNumber", "iban", "accountNumber", "reformattedAccountNumber", "alias", "aliasLabel",
                        "maskedPan", "maskedToken", "partialPan", "bic")
                .properties(ObfuscationRule.allButLast(2), "expiryDate", "tokenExpiryDate", "cardExpiryDate")
                .properties(ObfuscationRule.cardNumbers(), "message", "detail", "title")
                .property("bin", ObfuscationRule.allButFirst(6))
                // Secrets, and addresses and codes that are as good as one: not even the length is shown.
                .properties(SECRET, "keyId", "key", "secret", "secretKey", "publicKey", "publicKeyHash", "ephemeralKey", "userAuthenticationToken",
                        "encryptedPayload", "decryptedPayload", "encryptedCustomerInput", "encryptedPaymentData", "encryptedCardNumber", "csr",
                        "signedCertificate", "cryptogram", "cavv", "dpan", "networkToken", "token", "tokens", "tokenId", "invalidTokens",
                        "expiredCardTokens", "ComputedToken", "GTSComputedToken", "GeneratedToken", "schemeTokenRequestorId",
                        "uniqueAccountIdentifier", "uniqueCardIdentifier", "paymentAccountReference", "RETURNMAC", "redirectURL",
                        "partialRedirectUrl", "hostedTokenizationUrl", "hostedTokenizationId", "hostedFieldsSessionId", "sessionId", "sessionToken",
                        "clientSessionId", "session", "paymentRequestToken", "pairingToken", "pollingUrl", "appSwitchLink", "appUrl", "urlIntent",
                        "qrCode", "qrCodeUrl", "qrCodeBase64", "mandatePdf", "acsSignedContent", "blikCode", "deviceFingerprint", "custom",
                        "extraMerchantData", "authentication.data");
    }
}
