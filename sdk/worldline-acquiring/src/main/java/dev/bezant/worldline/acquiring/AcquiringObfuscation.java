package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;

/**
 * What of Acquiring's messages must not be read in a log: what the vendor's own libraries mask, and what they forget.
 *
 * @see "docs/protocols/worldline-acquiring.md, section 8"
 */
public final class AcquiringObfuscation {
    private static final ObfuscationRule SECRET = ObfuscationRule.fixedLength(8);

    private AcquiringObfuscation() {}

    /** The rules that clients have from the start, to be added to; a later rule for a name replaces an earlier one. */
    public static Obfuscator.Builder rules() {
        return Obfuscator.builder()
                // Personal data, and what is told of merchants: the length may be seen.
                .properties(ObfuscationRule.all(), "address", "cardholderAddress", "cardholderPostalCode", "cardSecurityCode", "city", "name",
                        "postalCode", "stateCode", "taxId", "customerServiceEmail", "customerServicePhoneNumber", "customerServiceUrl", "latitude",
                        "longitude", "userId", "panLast4Digits")
                .properties(ObfuscationRule.allButFirst(4), "authenticationValue", "cryptogram")
                .properties(ObfuscationRule.allButFirst(6), "bin", "paymentAccountReference")
                .properties(ObfuscationRule.allButLast(4), "cardNumber", "expiryDate", "maskedIdentifier")
                // Texts of people, and of the platform about what people sent.
                .properties(ObfuscationRule.cardNumbers(), "messageText", "elaboration", "questionnaire", "title", "detail")
                // The stripe and the chip hold the card's number and more; keys and tokens are as good as the account. Not even their length.
                .properties(SECRET, "track2Data", "value", "encryptedPinBlock", "keySerialNumber", "randomValue", "zonePinKeyId", "client_secret",
                        "access_token", "refresh_token", "id_token", "assertion");
    }
}
