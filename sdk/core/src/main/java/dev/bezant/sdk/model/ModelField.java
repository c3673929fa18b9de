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

    /** A path is only put together where there is something to tell, or to look into: most fields are absent or free. */
    void check(String parent, @Nullable Object value, List<Violation> violations) {
        if (value == null) {
            if (required) {
                violations.add(new Violation(path(parent), "is missing"));
            }
            return;
        }
        if (value instanceof Number number) {
            checkRange(parent, "is %d", number.longValue(), violations);
        } else if (value instanceof List<?> list) {
            checkRange(parent, "has %d items", list.size(), violations);
        }
        // The value itself is not quoted: it may be a card's.
        if (pattern != null && !matches(pattern, texts(value))) {
            violations.add(new Violation(path(parent), "must be " + expected));
        }
        if (value instanceof Model model) {
            model.check(path(parent), violations);
        } else if (value instanceof List<?> list) {
            checkItems(path(parent), list, violations);
        }
    }

    private void checkRange(String parent, String found, long number, List<Violation> violations) {
        if (number < least || number > most) {
            String wanted = most == Long.MAX_VALUE ? least + " or more" : least == Long.MIN_VALUE ? "at most " + most : least + " to " + most;
            violations.add(new Violation(path(parent), found.formatted(number) + ", expected " + wanted));
        }
    }

    private static void checkItems(String path, List<?> list, List<Violation> violations) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Model model) {
                model.check(path + "[" + i + "]", violations);
            }
        }
    }

    private static boolean matches(Pattern pattern, List<String> texts) {
        for (String text : texts) {
            if (!pattern.matcher(text).matches()) {
                return false;
            }
        }
        return true;
    }

    private String path(String parent) {
        return parent.isEmpty() ? name : parent + "." + name;
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
