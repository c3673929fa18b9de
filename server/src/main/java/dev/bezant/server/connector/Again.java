package dev.bezant.server.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** When to ask a provider about something again: after 1, 2, 4 ... seconds, at most five minutes. Kept in memory: a node that starts asks at once. */
public final class Again {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    private record Asked(Instant next, Duration pause, boolean now) {}

    public Again(Clock clock) {
        this.clock = clock;
    }

    /** Whether it is time; then the next time is later. */
    public boolean due(String id) {
        return due(id, MAX);
    }

    /** The same without growing pauses. */
    public boolean dueEverySecond(String id) {
        return due(id, FIRST);
    }

    private boolean due(String id, Duration max) {
        Instant now = clock.instant();
        return asked.compute(id, (key, last) -> {
            if (last != null && now.isBefore(last.next())) {
                return new Asked(last.next(), last.pause(), false);
            }
            Duration pause = last == null ? FIRST : last.pause().multipliedBy(2);
            Duration bounded = pause.compareTo(max) > 0 ? max : pause;
            return new Asked(now.plus(bounded), bounded, true);
        }).now();
    }

    /** What this node has asked about lately. */
    public Set<String> known() {
        return Set.copyOf(asked.keySet());
    }

    /** What was asked about a moment ago: {@link #due} says no to it. */
    public Set<String> paused() {
        Instant now = clock.instant();
        return asked.entrySet().stream().filter(it -> now.isBefore(it.getValue().next())).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** What was not asked about for so long is resolved, or asked about from the beginning. */
    public void forgetOld() {
        Instant old = clock.instant().minus(MAX);
        asked.values().removeIf(it -> it.next().isBefore(old));
    }
}
