package dev.bezant.acceptance;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Known secrets in every form in which a program could have written them, and a search for all of them at once in one pass (Aho
 * and Corasick), so that a whole data directory takes a second.
 */
final class Needles {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<int[]> next = new ArrayList<>();
    private final List<Set<String>> found = new ArrayList<>();
    private boolean built;

    Needles() {
        state();
    }

    /** A secret of any letters: as text, percent-encoded, base64 at every alignment, hexadecimal, UTF-16. */
    Needles secret(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        add(name, value);
        add(name + " percent-encoded", URLEncoder.encode(value, StandardCharsets.UTF_8));
        add(name + " in hex", HexFormat.of().formatHex(bytes));
        add(name + " in HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        add(name + " in UTF-16", value.getBytes(StandardCharsets.UTF_16LE));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            // Only characters that depend on the secret alone: whatever stands before and after it.
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            add(name + " in base64", Base64.getEncoder().encodeToString(shifted).substring(from, to));
            add(name + " in base64url", Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
        }
        return this;
    }

    /** A card number: like a secret, and in groups, and as a number of eight bytes. */
    Needles pan(String pan) {
        String name = "PAN " + pan.substring(0, 6) + "..." + pan.substring(pan.length() - 4);
        secret(name, pan);
        for (String separator : List.of(" ", "-", "+", "%20", ".", "_")) {
            add(name + " in groups", grouped(pan, separator));
        }
        long number = Long.parseLong(pan);
        add(name + " as bigint", ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
        add(name + " as bigint, network order", ByteBuffer.allocate(8).putLong(number).array());
        return this;
    }

    /**
     * A CVC. Three or four digits alone are in every file by chance (in amounts, times, ids), so they are looked for where their
     * context says what they are: beside a name for a CVC with any separator a serializer, a form or a {@code toString} writes, and
     * as a whole quoted JSON value. Four digits are also looked for as a whole column of a PostgreSQL tuple: text and bytea of
     * that length begin with the byte 0x0b. That the digits stand next to a card number needs no search of its own: the number
     * would be found.
     */
    Needles cvc(String cvc) {
        String name = "CVC " + cvc;
        for (String word : List.of("cvc", "CVC", "Cvc", "cvv", "CVV", "cvv2", "cvn", "security_code", "securityCode", "verification_value")) {
            for (String separator : List.of("\":\"", "\": \"", "\":", "\": ", "\\\":\\\"", "=", "]=", "%5D=", "%5d=", ": ", ":", " ", "='", " = ", "=[")) {
                add(name + " by name", word + separator + cvc);
            }
        }
        add(name + " as a JSON value", "\"" + cvc + "\"");
        add(name + " as a JSON value", "\\\"" + cvc + "\\\"");
        if (cvc.length() == 4) {
            add(name + " as a column", ("\u000b" + cvc).getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    /** The names of what is in there. */
    Set<String> in(byte[] haystack) {
        build();
        var hits = new TreeSet<String>();
        int at = 0;
        for (byte b : haystack) {
            at = next.get(at)[b & 0xff];
            if (!found.get(at).isEmpty()) {
                hits.addAll(found.get(at));
            }
        }
        return hits;
    }

    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String grouped(String pan, String separator) {
        // 4-6-5 as on the card for American Express, groups of four else.
        int[] ends = pan.length() == 15 ? new int[] {4, 10, 15} : new int[] {4, 8, 12, pan.length()};
        var groups = new ArrayList<String>();
        int from = 0;
        for (int end : ends) {
            groups.add(pan.substring(from, end));
            from = end;
        }
        return String.join(separator, groups);
    }

    private void add(String name, String form) {
        add(name, form.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, byte[] form) {
        if (built || form.length < 4) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s cannot be looked for as %d bytes", name, form.length));
        }
        int at = 0;
        for (byte b : form) {
            int step = next.get(at)[b & 0xff];
            if (step < 0) {
                step = state();
                next.get(at)[b & 0xff] = step;
            }
            at = step;
        }
        found.get(at).add(names.computeIfAbsent(name, it -> it));
    }

    private int state() {
        int[] steps = new int[256];
        Arrays.fill(steps, -1);
        next.add(steps);
        found.add(new LinkedHashSet<>());
        return next.size() - 1;
    }

    /** Turns the tree of forms into an automaton: where a form breaks off, the longest other one that may have begun goes on. */
    private void build() {
        if (built) {
            return;
        }
        built = true;
        int[] fallback = new int[next.size()];
        var queue = new ArrayDeque<Integer>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (int b = 0; b < 256; b++) {
                int step = next.get(at)[b];
                int other = at == 0 ? 0 : next.get(fallback[at])[b];
                if (step < 0) {
                    next.get(at)[b] = other;
                } else {
                    fallback[step] = other;
                    found.get(step).addAll(found.get(other));
                    queue.add(step);
                }
            }
        }
    }
}
