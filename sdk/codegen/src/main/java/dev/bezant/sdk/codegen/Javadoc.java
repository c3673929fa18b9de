package dev.bezant.sdk.codegen;

import java.util.ArrayList;
import java.util.List;

/** Comments from plain text, in which only {@code `code`} is marked up. */
final class Javadoc {
    private static final int LINE_MAX = 140;

    private Javadoc() {}

    /** @param tags whole lines such as {@code @see "page"}; may be none */
    static String of(String indent, String text, String... tags) {
        String line = indent + "/** " + markup(text) + " */";
        if (tags.length == 0 && line.length() <= LINE_MAX) {
            return line + "\n";
        }
        var comment = new StringBuilder(indent + "/**\n");
        for (String wrapped : wrap(markup(text), LINE_MAX - indent.length() - 3)) {
            comment.append(indent).append(" * ").append(wrapped).append('\n');
        }
        if (tags.length > 0) {
            comment.append(indent).append(" *\n");
        }
        for (String tag : tags) {
            comment.append(indent).append(" * ").append(tag).append('\n');
        }
        return comment.append(indent).append(" */\n").toString();
    }

    private static String markup(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;").replace("*/", "*&#47;");
        return escaped.replaceAll("`([^`{}]+)`", "{@code $1}");
    }

    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
