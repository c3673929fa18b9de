package dev.bezant.server.customer;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.Metadata;
import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.shape.Address;
import dev.bezant.server.shape.Email;
import dev.bezant.server.shape.Shipping;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API says about a customer and lets change.
 *
 * @param balance in minor units; negative is credit of the customer, as in Stripe's API
 * @param taxExempt none, exempt or reverse
 * @param nextInvoiceSequence 1 or more
 * @param defaultPaymentMethod an attached method, for invoices; null if none
 * @param defaultSource an attached method, as the older parameters {@code source} and {@code default_source} name one; null if none
 * @param currency of the balance, lower-case; null until there is one
 * @param invoiceSettings {@code custom_fields}, {@code footer}, {@code rendering_options}: kept for what makes invoices
 */
record CustomerProfile(
        @Nullable String email,
        @Nullable String name,
        @Nullable String phone,
        @Nullable String description,
        @Nullable ObjectNode address,
        @Nullable ObjectNode shipping,
        List<String> preferredLocales,
        String taxExempt,
        long balance,
        String invoicePrefix,
        int nextInvoiceSequence,
        @Nullable String defaultPaymentMethod,
        @Nullable String defaultSource,
        @Nullable String currency,
        ObjectNode invoiceSettings,
        ObjectNode metadata) {
    private static final List<String> TAX_EXEMPT = List.of("none", "exempt", "reverse");
    /** As large as an amount may be, on either side. */
    static final long BALANCE_MAX = 99_999_999_999L;

    /** What clients know and we have nothing behind; said rather than silently dropped. */
    private static final Map<String, String> UNSUPPORTED = unsupported();

    static CustomerProfile empty(String invoicePrefix) {
        return new CustomerProfile(null, null, null, null, null, null, List.of(), "none", 0, invoicePrefix, 1, null, null, null, Json.object(), Json.object());
    }

    /**
     * Applies what a request says; what it does not name stays, what it unsets goes.
     *
     * <p>{@code invoice_settings[default_payment_method]} and {@code default_source} are taken as sent: the caller checks whose they are.
     * A new balance is taken too: the caller writes down how it came about.
     */
    CustomerProfile merged(Params params) {
        UNSUPPORTED.forEach((param, instead) -> refuse(params, param, instead));
        List<String> locales = params.texts("preferred_locales", 20, 35);
        Long newBalance = params.integer("balance", -BALANCE_MAX, BALANCE_MAX);
        Long sequence = params.integer("next_invoice_sequence", 1, Integer.MAX_VALUE);
        Params settings = params.map("invoice_settings");
        return new CustomerProfile(
                params.has("email") ? Email.read(params, "email") : email,
                params.has("name") ? params.text("name", 256) : name,
                params.has("phone") ? params.text("phone", 50) : phone,
                params.has("description") ? params.text("description") : description,
                Address.merged(params, "address", address),
                Shipping.OF_CUSTOMER.merged(params, shipping),
                locales == null ? preferredLocales : locales,
                mergedTaxExempt(params),
                newBalance == null ? balance : newBalance,
                mergedPrefix(params),
                sequence == null ? nextInvoiceSequence : sequence.intValue(),
                mergedDefault(params, settings),
                params.has("default_source") ? params.text("default_source", 255) : defaultSource,
                currency,
                settings == null && !params.has("invoice_settings") ? invoiceSettings : InvoiceSettings.merged(settings, invoiceSettings),
                Metadata.merged(params, metadata));
    }

    CustomerProfile withDefaultPaymentMethod(@Nullable String method) {
        return new CustomerProfile(email, name, phone, description, address, shipping, preferredLocales, taxExempt, balance,
                invoicePrefix, nextInvoiceSequence, method, defaultSource, currency, invoiceSettings, metadata);
    }

    CustomerProfile withDefaultSource(@Nullable String method) {
        return new CustomerProfile(email, name, phone, description, address, shipping, preferredLocales, taxExempt, balance,
                invoicePrefix, nextInvoiceSequence, defaultPaymentMethod, method, currency, invoiceSettings, metadata);
    }

    CustomerProfile withBalance(long newBalance, String inCurrency) {
        return new CustomerProfile(email, name, phone, description, address, shipping, preferredLocales, taxExempt, newBalance,
                invoicePrefix, nextInvoiceSequence, defaultPaymentMethod, defaultSource, inCurrency, invoiceSettings, metadata);
    }

    /** The columns' values by name. */
    Map<String, @Nullable Object> values() {
        var values = new HashMap<String, @Nullable Object>();
        values.put("email", email);
        values.put("name", name);
        values.put("phone", phone);
        values.put("description", description);
        values.put("address", Json.writeOrNull(address));
        values.put("shipping", Json.writeOrNull(shipping));
        values.put("locales", preferredLocales);
        values.put("tax_exempt", taxExempt);
        values.put("balance", balance);
        values.put("invoice_prefix", invoicePrefix);
        values.put("next_invoice_sequence", nextInvoiceSequence);
        values.put("default_payment_method", defaultPaymentMethod);
        values.put("default_source", defaultSource);
        values.put("currency", currency);
        values.put("invoice_settings", Json.write(invoiceSettings));
        values.put("metadata", Json.write(metadata));
        return values;
    }

    private String mergedTaxExempt(Params params) {
        if (params.has("tax_exempt") && !params.hasValue("tax_exempt")) {
            params.ignore("tax_exempt");
            return "none";
        }
        String value = params.choice("tax_exempt", TAX_EXEMPT);
        return value == null ? taxExempt : value;
    }

    private String mergedPrefix(Params params) {
        String value = params.text("invoice_prefix", 12);
        if (value == null) {
            return invoicePrefix;
        }
        if (!value.matches("[A-Z0-9]{3,12}")) {
            throw ApiException.invalid("invoice_prefix", "Invalid invoice_prefix: expected 3 to 12 upper-case letters or digits.");
        }
        return value;
    }

    private @Nullable String mergedDefault(Params params, @Nullable Params settings) {
        if (settings == null) {
            return params.has("invoice_settings") ? null : defaultPaymentMethod;
        }
        String value = settings.text("default_payment_method", 255);
        return settings.has("default_payment_method") ? value : defaultPaymentMethod;
    }

    private static void refuse(Params params, String param, String instead) {
        if (params.hasValue(param)) {
            throw ApiException.invalid(params.at(param), params.at(param) + " is not supported. " + instead);
        }
        params.ignore(param);
    }

    private static Map<String, String> unsupported() {
        var all = new LinkedHashMap<String, String>();
        all.put("validate", "It belongs to sources; a card is checked when its payment method is created.");
        all.put("tax", "Send address for where the customer is.");
        all.put("cash_balance", "Customers have no cash balance here.");
        all.put("test_clock", "Customers live in real time here.");
        all.put("business_name", "Send name.");
        all.put("individual_name", "Send name.");
        return all;
    }
}
