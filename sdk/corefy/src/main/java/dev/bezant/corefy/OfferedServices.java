package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * By which services an account can be paid, or pay out, in one currency.
 *
 * @see "docs/protocols/corefy.md, section 2"
 */
public record OfferedServices(String currency, boolean testMode, List<Service> services, List<Method> methods) {
    /**
     * A way to pay in one currency.
     *
     * @param code such as {@code payment_card_eur_hpp}: what an invoice names
     * @param method the code of its method
     * @param status such as {@code available}
     * @param fields what the payer is asked for beside the card
     */
    public record Service(
            String code,
            @Nullable String method,
            @Nullable String flow,
            @Nullable String currency,
            @Nullable String status,
            List<Field> fields,
            @Nullable BigDecimal amountMin,
            @Nullable BigDecimal amountMax,
            @Nullable BigDecimal exchangeRate) {}

    /**
     * One thing to ask for.
     *
     * @param labels by language
     * @param regexp what an answer must match, in the notation of PHP
     */
    public record Field(
            String key, @Nullable String type, Map<String, String> labels, @Nullable String example, @Nullable String regexp, boolean required) {}

    /** @param category such as {@code bank_card} */
    public record Method(String code, @Nullable String name, @Nullable String category, Map<String, Object> other) {}

    static OfferedServices of(JsonNode json) {
        JsonFields attributes = JsonFields.of(json).object("data").flatMap(data -> data.object("attributes"))
                .orElseThrow(() -> new MalformedJsonException("data.attributes is absent", null));
        var services = new ArrayList<Service>();
        attributes.object("services").ifPresent(all -> all.node().properties().forEach(
                member -> services.add(service(member.getKey(), JsonFields.of(member.getValue())))));
        var methods = new ArrayList<Method>();
        attributes.object("methods").ifPresent(all -> all.node().properties().forEach(
                member -> methods.add(method(member.getKey(), JsonFields.of(member.getValue())))));
        return new OfferedServices(attributes.requiredText("currency"), Json.flag(attributes, "test_mode"), List.copyOf(services), List.copyOf(methods));
    }

    private static Service service(String code, JsonFields json) {
        var fields = new ArrayList<Field>();
        for (JsonNode item : json.node().path("fields")) {
            JsonFields field = JsonFields.of(item);
            fields.add(new Field(field.requiredText("key"), field.text("type"), Json.texts(field, "label"), field.text("example"),
                    field.text("regexp"), Json.flag(field, "required")));
        }
        return new Service(code, json.text("method"), json.text("flow"), json.text("currency"), json.text("status"), List.copyOf(fields),
                json.decimal("amount_min"), json.decimal("amount_max"), json.decimal("exchange_rate"));
    }

    private static Method method(String code, JsonFields json) {
        return new Method(code, json.text("name"), json.text("category"), Json.others(json.node(), Set.of("code", "name", "category")));
    }
}
