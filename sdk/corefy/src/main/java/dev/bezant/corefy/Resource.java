package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One resource of a JSON:API answer (docs/protocols/corefy.md, section 1). Lenient about unknown members and about {@code []} where an object is
 * meant; strict about what identifies.
 *
 * @param relationships null when the answer has none
 * @param included everything the answer brings along
 */
record Resource(String type, String id, JsonFields attributes, @Nullable JsonNode relationships, List<JsonFields> included) {

    /** @throws MalformedJsonException when this is no answer about one resource */
    static Resource of(JsonNode body) {
        JsonFields document = JsonFields.of(body);
        return of(document.object("data").orElseThrow(() -> new MalformedJsonException("data is absent", null)), included(body));
    }

    /** One unreadable element makes the whole list unreadable, since a gap could pass for absence. */
    static <T> List<T> list(JsonNode body, Function<Resource, T> element) {
        JsonFields.of(body);
        JsonNode data = body.path("data");
        if (!data.isArray()) {
            throw new MalformedJsonException("data is not an array", null);
        }
        List<JsonFields> included = included(body);
        var list = new ArrayList<T>(data.size());
        for (JsonNode item : data) {
            list.add(element.apply(of(JsonFields.of(item), included)));
        }
        return List.copyOf(list);
    }

    private static Resource of(JsonFields data, List<JsonFields> included) {
        JsonFields attributes = data.object("attributes").orElseThrow(() -> new MalformedJsonException("attributes are absent", null));
        return new Resource(data.requiredText("type"), data.requiredText("id"), attributes, data.node().get("relationships"), included);
    }

    private static List<JsonFields> included(JsonNode body) {
        var included = new ArrayList<JsonFields>();
        for (JsonNode item : body.path("included")) {
            if (item.isObject()) {
                included.add(JsonFields.of(item));
            }
        }
        return included;
    }

    /** Corefy writes both {@code payment-invoice} and {@code payment-invoices}. */
    Resource expecting(String singular) {
        if (!type.equals(singular) && !type.equals(singular + "s")) {
            throw new MalformedJsonException("the resource is no " + singular, null);
        }
        return this;
    }

    /** An answer about another object than the one asked for is no answer. */
    Resource withId(String wanted) {
        if (!id.equals(wanted)) {
            throw new MalformedJsonException("id is not the one asked for", null);
        }
        return this;
    }

    /** What is linked under that name: absent, explicitly nothing ({@code data} is null or empty), or an id. */
    Linked linked(String name) {
        JsonNode data = relationships == null ? null : relationships.path(name).get("data");
        if (data == null) {
            return new Linked.NotTold();
        }
        return data.path("id").isString() ? new Linked.To(data.path("id").stringValue()) : new Linked.Nothing();
    }

    /** What one relationship says. */
    sealed interface Linked {
        record NotTold() implements Linked {}

        record Nothing() implements Linked {}

        record To(String id) implements Linked {}
    }

    Optional<JsonFields> includedAttributes(String includedId) {
        return included.stream().filter(item -> includedId.equals(item.text("id"))).findFirst().flatMap(item -> item.object("attributes"));
    }
}
