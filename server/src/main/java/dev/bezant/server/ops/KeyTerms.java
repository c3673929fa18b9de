package dev.bezant.server.ops;

import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.Permissions.Level;
import dev.bezant.server.http.Suggestion;
import dev.bezant.server.kernel.AddressRange;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the command line says of a key; whatever is wrong is told with what was expected. */
final class KeyTerms {
    private KeyTerms() {}

    static Permissions permissions(List<String> given) {
        Map<String, Level> levels = new LinkedHashMap<>();
        for (String each : given) {
            int colon = each.indexOf(':');
            String family = colon < 0 ? each : each.substring(0, colon);
            String level = colon < 0 ? "" : each.substring(colon + 1);
            if (!Permissions.FAMILIES.contains(family)) {
                throw new CommandException(ExitCode.USAGE, "--allow names '" + family + "', expected one of " + String.join(", ", Permissions.FAMILIES)
                        + Suggestion.of(family, Permissions.FAMILIES).map(near -> ". Did you mean " + near + "?").orElse(""));
            }
            levels.put(family, switch (level.toLowerCase(Locale.ROOT)) {
                case "none" -> Level.NONE;
                case "read" -> Level.READ;
                case "write" -> Level.WRITE;
                default -> throw new CommandException(ExitCode.USAGE, "--allow is '" + each + "', expected " + family + ":read, " + family
                        + ":write or " + family + ":none");
            });
        }
        return Permissions.only(levels);
    }

    static List<AddressRange> addresses(@Nullable List<String> given) {
        var ranges = new ArrayList<AddressRange>();
        for (String each : given == null ? List.<String>of() : given) {
            ranges.add(AddressRange.parse(each.strip()).orElseThrow(() -> new CommandException(ExitCode.USAGE, "--address is '" + each
                    + "', expected an address such as 203.0.113.7 or a range such as 203.0.113.0/24, whose bits behind the slash are zero")));
        }
        return ranges;
    }

    /** Null where nothing was said, 0 for none. */
    static @Nullable Integer limit(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Integer limit = Limit.read(option, text);
        return limit == null ? 0 : limit;
    }

    static Duration duration(String option, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw new CommandException(ExitCode.USAGE, option + " is '" + text + "', expected a duration such as PT1H (an hour) or P7D (seven days)");
    }
}
