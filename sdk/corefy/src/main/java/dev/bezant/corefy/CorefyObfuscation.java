package dev.bezant.corefy;

import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;

/** What of Corefy's messages must not be read in a log, in either dialect. */
public final class CorefyObfuscation {
    private CorefyObfuscation() {}

    /** The rules that clients have from the start, to be added to; a later rule for a name replaces an earlier one. */
    public static Obfuscator.Builder rules() {
        return Obfuscator.builder()
                .property("card_number", ObfuscationRule.allBut(6, 4))
                .properties(ObfuscationRule.allButLast(4), "account_number", "account", "iban")
                .properties(ObfuscationRule.fixedLength(3), "cvv", "card_cvv", "rejected")
                .properties(ObfuscationRule.fixedLength(2), "exp_month", "exp_year", "card_expiry_month", "card_expiry_year", "expiry_month", "expiry_year")
                .properties(ObfuscationRule.fixedLength(8), "google_pay", "token", "public_key", "client_secret", "auth_payload.params", "next_action.fields",
                        "flow_data.params")
                .properties(ObfuscationRule.all(), "card_holder", "card_holder_name", "holder_name", "holder", "customer.name", "customer.email",
                        "customer.phone", "customer.date_of_birth", "customer.individual_tax_id", "customer.address", "customer.metadata",
                        "included.attributes", "browser_info", "client_ip", "customer_ip", "email", "phone", "customer_email", "customer_name",
                        "customer_phone", "billing_address", "address")
                .properties(CorefyObfuscation::withoutNumbers, "title", "detail", "message", "resolution_message", "description")
                .header("X-API-Key", ObfuscationRule.fixedLength(8))
                .header("X-Client-Key", ObfuscationRule.fixedLength(8))
                .header("X-Signature", ObfuscationRule.fixedLength(8));
    }

    /** In free text, whatever could be a card number. */
    static String withoutNumbers(String text) {
        return text.replaceAll("[0-9](?:[ -]?[0-9]){11,19}", "************");
    }
}
