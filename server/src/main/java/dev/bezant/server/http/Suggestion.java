package dev.bezant.server.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The nearest known name to a mistyped one. */
public final class Suggestion {
    private static final int DISTANCE_MAX = 3;

    private Suggestion() {}

    public static Optional<String> of(String typed, Collection<String> known) {
        if (typed.length() > 60) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(typed, name) <= Math.min(DISTANCE_MAX, typed.length() / 2))
                .min(Comparator.<String>comparingInt(name -> distance(typed, name)).thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
