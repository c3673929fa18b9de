package dev.bezant.server.customer;

import dev.bezant.server.http.Params;
import dev.bezant.server.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** How a customer's invoices are to look: kept as said, for what makes invoices. */
final class InvoiceSettings {
    private static final int FIELDS_MAX = 4;
    private static final int NAME_MAX = 40;
    private static final int VALUE_MAX = 140;
    private static final List<String> TAX_DISPLAYS = List.of("exclude_tax", "include_inclusive_tax");

    private InvoiceSettings() {}

    /**
     * Applies what a request says to what is stored; members it names change, unset ones go.
     *
     * @param given null where the whole is unset
     */
    static ObjectNode merged(@Nullable Params given, ObjectNode stored) {
        if (given == null) {
            return Json.object();
        }
        ObjectNode merged = stored.deepCopy();
        if (given.has("custom_fields")) {
            put(merged, "custom_fields", fields(given));
        }
        if (given.has("footer")) {
            String footer = given.text("footer");
            put(merged, "footer", footer == null ? null : merged.stringNode(footer));
        }
        if (given.has("rendering_options")) {
            put(merged, "rendering_options", rendering(given.map("rendering_options")));
        }
        return merged;
    }

    /** The three members, null where nothing was said. */
    static void render(ObjectNode stored, @Nullable String defaultPaymentMethod, ObjectNode shown) {
        shown.set("custom_fields", orNull(stored.get("custom_fields")));
        shown.put("default_payment_method", defaultPaymentMethod);
        shown.set("footer", orNull(stored.get("footer")));
        shown.set("rendering_options", orNull(stored.get("rendering_options")));
    }

    private static @Nullable JsonNode fields(Params given) {
        List<Params> items = given.maps("custom_fields", FIELDS_MAX);
        if (items == null || items.isEmpty()) {
            return null;
        }
        ArrayNode fields = Json.array();
        items.forEach(item -> fields.addObject().put("name", item.requiredText("name", NAME_MAX)).put("value", item.requiredText("value", VALUE_MAX)));
        return fields;
    }

    private static @Nullable JsonNode rendering(@Nullable Params given) {
        if (given == null) {
            return null;
        }
        String display = given.hasValue("amount_tax_display") ? given.choice("amount_tax_display", TAX_DISPLAYS) : given.text("amount_tax_display");
        return Json.object().put("amount_tax_display", display).put("template", given.text("template", 255));
    }

    private static void put(ObjectNode merged, String name, @Nullable JsonNode value) {
        if (value == null) {
            merged.remove(name);
        } else {
            merged.set(name, value);
        }
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.instance : node;
    }
}
