package dev.bezant.sdk.logging;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** To a stream such as {@link System#err}, one time stamp in UTC before each message. For trying things out. */
public final class ConsoleCommunicatorLogger implements CommunicatorLogger {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Clock clock;

    public ConsoleCommunicatorLogger(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void log(String message) {
        out.println(TIME.format(clock.instant()) + " " + message);
    }

    @Override
    public void log(String message, Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        log(message + System.lineSeparator() + trace);
    }
}
