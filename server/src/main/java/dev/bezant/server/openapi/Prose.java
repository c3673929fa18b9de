package dev.bezant.server.openapi;

import dev.bezant.server.http.Html;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The little of Markdown that descriptions use: paragraphs, code, lists. */
final class Prose {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Prose() {}

    /** A line of text for HTML. */
    static String line(String text) {
        return CODE.matcher(Html.escape(text)).replaceAll("<code>$1</code>");
    }

    /** Paragraphs; empty text gives nothing. */
    static String paragraphs(String text) {
        return Arrays.stream(text.split("\n\n")).filter(part -> !part.isBlank()).map(Prose::paragraph).collect(Collectors.joining());
    }

    private static String paragraph(String part) {
        if (!part.startsWith("- ")) {
            return "<p>" + line(part) + "</p>";
        }
        return part.lines().map(item -> "<li>" + line(item.substring(2)) + "</li>").collect(Collectors.joining("", "<ul>", "</ul>"));
    }
}
