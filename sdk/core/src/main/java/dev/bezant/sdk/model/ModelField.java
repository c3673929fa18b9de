package dev.bezant.sdk.model;

import dev.bezant.sdk.error.Violation;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One field of a {@link ModelType}: its name on the wire, its kind, and what is known about values that the provider refuses. Immutable.
 *
 * @param hidden whether {@code toString} and logs must not show the value
 */
public record ModelField(
        String name, FieldType<?> type, boolean hidden, boolean required, long least, long most, @Nullable Pattern pattern, String expected) {
    public static ModelField of(String name, FieldType<?> type) {
        return new ModelField(name, type, false, false, Long.MIN_VALUE, Long.MAX_VALUE, null, "");
    }

    public ModelField hide() {
        return new ModelField(name, type, true, required, least, most, pattern, expected);
    }

    public ModelField require() {
        return new ModelField(name, type, hidden, true, least, most, pattern, expected);
    }

    /** Bounds of a number's value, or of how many items a list has. */
    public ModelField range(long from, long to) {
        return new ModelField(name, type, hidden, required, from, to, pattern, expected);
    }

    /**
     * @param regex that the whole text on the wire must match
     * @param wanted what that is in words, such as {@code MMYY}
     */
    public ModelField matching(String regex, String wanted) {
        return new ModelField(name, type, hidden, required, least, most, Pattern.compile(regex), wanted);
    }

    void check(String parent, @Nullable Object value, List<Violation> violations) {
        String path = parent.isEmpty() ? name : parent + "." + name;
        if (value == null) {
            if (required) {
                violations.add(new Violation(path, "is missing"));
            }
            return;
        }
        if (value instanceof Number number) {
            checkRange(path, number.longValue(), "is " + number, violations);
        } else if (value instanceof List<?> list) {
            checkRange(path, list.size(), "has " + list.size() + " items", violations);
        }
        // The value itself is not quoted: it may be a card's.
        if (pattern != null && !texts(value).stream().allMatch(text -> pattern.matcher(text).matches())) {
            violations.add(new Violation(path, "must be " + expected));
        }
        checkInside(path, value, violations);
    }

    private void checkRange(String path, long number, String found, List<Violation> violations) {
        if (number < least || number > most) {
            String wanted = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
            violations.add(new Violation(path, found + ", expected " + wanted));
        }
    }

    private static void checkInside(String path, Object value, List<Violation> violations) {
        if (value instanceof Model model) {
            model.check(path, violations);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                checkInside(path + "[" + i + "]", list.get(i), violations);
            }
        }
    }

    /** As {@code toString} shows it. */
    String shown(Object value) {
        return hidden ? "****" : String.valueOf(value);
    }

    List<String> texts(Object value) {
        return known().texts(value);
    }

    void write(Object value, JsonGenerator json) {
        known().write(value, json);
    }

    /** What is stored at a field's position is always of its type: only its setter and its reader put it there. */
    @SuppressWarnings("unchecked")
    private FieldType<Object> known() {
        return (FieldType<Object>) type;
    }
}
