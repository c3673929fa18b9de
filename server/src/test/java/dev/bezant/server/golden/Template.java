package dev.bezant.server.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compares what came with what a file expects, where placeholders stand for what differs from run to run. */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("<(id \\w+|hex \\d+|url|text|time)(?: as (\\w+))?>");
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)\\}|(\\w+))");
    private static final String MORE = "...";
    /** How far a moment may be from now. */
    private static final long NOW_WITHIN_SECONDS = 600;

    private final Map<String, String> names;
    private final List<String> differences = new ArrayList<>();

    /** @param names what {@code $name} stands for; those that a template introduces are added */
    Template(Map<String, String> names) {
        this.names = names;
    }

    Map<String, String> names() {
        return names;
    }

    /** What differed in all comparisons so far, each with its place. */
    List<String> differences() {
        return differences;
    }

    void compare(String at, JsonNode expected, JsonNode actual) {
        if (expected.isString()) {
            value(at, expected.stringValue(), actual);
        } else if (expected.isObject() && actual.isObject()) {
            members(at, expected, actual);
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(at + "/" + i, expected.get(i), actual.get(i));
            }
        } else if (!expected.equals(actual)) {
            differences.add(at + " is " + actual + " instead of " + expected);
        }
    }

    private void members(String at, JsonNode expected, JsonNode actual) {
        var surplus = new TreeSet<>(actual.propertyNames());
        expected.properties().forEach(member -> {
            String name = member.getKey();
            surplus.remove(name);
            if (actual.has(name)) {
                compare(at + "/" + name, member.getValue(), actual.get(name));
            } else if (!name.equals(MORE)) {
                differences.add(at + "/" + name + " is missing");
            }
        });
        if (!expected.has(MORE)) {
            surplus.forEach(name -> differences.add(at + "/" + name + " is surplus: " + actual.get(name)));
        }
    }

    private void value(String at, String expected, JsonNode actual) {
        switch (expected) {
            case "<any>" -> {
                if (actual.isNull()) {
                    differences.add(at + " is null");
                }
            }
            case "<time>" -> {
                if (!actual.isIntegralNumber() || !aboutNow(actual.asLong())) {
                    differences.add(at + " is not the present time: " + actual);
                }
            }
            default -> {
                if (actual.isString()) {
                    text(at, expected, actual.stringValue());
                } else {
                    differences.add(at + " is " + actual + " instead of \"" + expected + "\"");
                }
            }
        }
    }

    /** Text with placeholders in it. */
    void text(String at, String expected, String actual) {
        String wanted = named(expected);
        var pattern = new StringBuilder();
        List<String> introduced = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(wanted);
        int from = 0;
        while (matcher.find()) {
            pattern.append(Pattern.quote(wanted.substring(from, matcher.start())));
            String name = Objects.requireNonNullElse(matcher.group(2), "");
            String known = names.get(name);
            pattern.append('(').append(known == null ? shape(matcher.group(1)) : Pattern.quote(known)).append(')');
            introduced.add(name);
            from = matcher.end();
        }
        Matcher came = Pattern.compile(pattern + Pattern.quote(wanted.substring(from)), Pattern.DOTALL).matcher(actual);
        if (!came.matches()) {
            differences.add(at + " is \"" + actual + "\" instead of \"" + wanted + "\"");
            return;
        }
        for (int i = 0; i < introduced.size(); i++) {
            if (!introduced.get(i).isEmpty()) {
                names.put(introduced.get(i), came.group(i + 1));
            }
        }
    }

    /** With every {@code $name} and <code>${name}</code> replaced. */
    String named(String text) {
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                Objects.requireNonNull(names.get(name(match)), () -> "Nothing is named " + match.group())));
    }

    private static String name(MatchResult match) {
        return Objects.requireNonNullElseGet(match.group(1), () -> match.group(2));
    }

    private static String shape(String placeholder) {
        String[] words = placeholder.split(" ", -1);
        return switch (words[0]) {
            case "id" -> words[1] + "_[0-9A-Za-z]{14,24}";
            case "hex" -> "[0-9a-f]{" + words[1] + "}";
            case "url" -> "http://127\\.0\\.0\\.1:\\d+";
            case "time" -> "\\d{10}";
            default -> "\\S.*";
        };
    }

    private static boolean aboutNow(long seconds) {
        return Math.abs(seconds - Instant.now().getEpochSecond()) <= NOW_WITHIN_SECONDS;
    }
}
