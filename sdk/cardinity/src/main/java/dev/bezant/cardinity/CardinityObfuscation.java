package dev.bezant.cardinity;

import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;

/** What of Cardinity's messages must not be read in a log (docs/protocols/cardinity.md, section 14.1). */
final class CardinityObfuscation {
    static final Obfuscator OBFUSCATOR = Obfuscator.builder()
            .property("pan", ObfuscationRule.allBut(6, 4))
            .property("cvc", ObfuscationRule.fixedLength(3))
            .property("rejected", ObfuscationRule.fixedLength(3))
            .properties(ObfuscationRule.all(), "holder", "billing_address", "delivery_address", "cardholder_info", "ip_address",
                    "email_address", "mobile_phone_number", "home_phone_number", "work_phone_number")
            .properties(ObfuscationRule.fixedLength(8), "authorize_data", "cres", "creq", "authorization_information.data")
            .build();

    private CardinityObfuscation() {}
}
