package dev.bezant.sandbox.provider;

import dev.bezant.sandbox.http.HttpHandler;
import dev.bezant.sandbox.http.HttpReply;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Fault;
import dev.bezant.sandbox.world.FaultKind;
import dev.bezant.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between a provider's port and the provider: lets faults strike and writes down what was seen. Thread-safe. */
public final class ProviderEndpoint implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderEndpoint.class);
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final byte[] GARBAGE = {0x7b, 0x22, (byte) 0xff, (byte) 0xfe, 0x00, 0x3c, 0x68, 0x74, 0x6d, 0x6c, 0x5d, 0x5d, 0x07, 0x25};

    private final Provider provider;
    private final World world;

    public ProviderEndpoint(Provider provider, World world) {
        this.provider = provider;
        this.world = world;
    }

    @Override
    public HttpReply handle(HttpRequest request) {
        var at = world.clock().instant();
        var operation = operationOf(request);
        var account = provider.accountOf(request);
        var faults = world.faults().striking(provider.name(), account == null ? null : account.name(),
                name -> operation != null && (name == null ? operation.movesMoney() : operation.isNamed(name)));
        var call = new Call(request, operation, account, believedTime(faults));
        var result = switch (provider.claim(call)) {
            case Claim.Refused(var reply) -> Result.of(reply);
            case Claim.Granted(var release) -> {
                try {
                    yield faults.isEmpty() ? answer(call) : underFaults(call, faults);
                } finally {
                    release.run();
                }
            }
        };
        log(at, request, account, faults, result);
        return result.reply();
    }

    private Instant believedTime(List<Fault> faults) {
        long skewMs = faults.stream().filter(fault -> fault.kind() == FaultKind.CLOCK_SKEW).mapToLong(fault -> fault.terms().delayMs()).sum();
        return world.clock().wallTime().plusMillis(skewMs);
    }

    /**
     * @param seen what the provider answered, even if the client never gets it; null if it was not asked
     */
    private record Result(HttpReply reply, @Nullable HttpResponse seen) {
        static Result of(HttpReply reply) {
            return new Result(reply, reply instanceof HttpReply.Answer(var response) ? response : null);
        }
    }

    private @Nullable Operation operationOf(HttpRequest request) {
        for (var operation : provider.operations()) {
            if (operation.isCalledBy(request)) {
                return operation;
            }
        }
        return null;
    }

    private Result answer(Call call) {
        try {
            return Result.of(provider.handle(call));
        } catch (RuntimeException e) {
            LOG.error("{} could not answer {} {}", provider.name(), call.request().method(), call.request().path(), e);
            return Result.of(new HttpReply.Answer(HttpResponse.json(500, provider.errorBody(500))));
        }
    }

    private Result underFaults(Call call, List<Fault> faults) {
        Fault end = null;
        boolean skewed = false;
        long delayAfterMs = 0;
        for (var fault : faults) {
            switch (fault.kind()) {
                case DELAY -> pause(fault.terms().delayMs());
                case DELAY_AFTER_EFFECT -> delayAfterMs += fault.terms().delayMs();
                case CLOCK_SKEW -> skewed = true;
                default -> end = fault;
            }
        }
        if (end != null && end.kind().stage() == FaultKind.Stage.BEFORE) {
            return withoutEffect(end);
        }
        var result = answer(call);
        if (skewed && result.seen() != null) {
            var dated = result.seen().with("Date", HTTP_DATE.format(call.authenticationTime()));
            result = new Result(new HttpReply.Answer(dated), dated);
        }
        pause(delayAfterMs);
        return end == null || result.seen() == null ? result : new Result(spoil(end, result.seen()), result.seen());
    }

    private Result withoutEffect(Fault fault) {
        return Result.of(switch (fault.kind()) {
            case STALL -> new HttpReply.Stall();
            case RESET_BEFORE_EFFECT -> new HttpReply.Reset();
            default -> error(fault);
        });
    }

    private HttpReply spoil(Fault fault, HttpResponse response) {
        return switch (fault.kind()) {
            case RESET_AFTER_EFFECT -> new HttpReply.Reset();
            case HALF_RESPONSE -> new HttpReply.HalfAnswer(response);
            case SLOW_BODY -> new HttpReply.SlowAnswer(response, Duration.ofMillis(fault.terms().delayMs()));
            case GARBAGE -> new HttpReply.Answer(new HttpResponse(response.status(), response.headers(), GARBAGE));
            default -> error(fault);
        };
    }

    private HttpReply error(Fault fault) {
        int status = fault.terms().status();
        return new HttpReply.Answer(HttpResponse.json(status, provider.errorBody(status)));
    }

    private static void pause(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void log(Instant at, HttpRequest request, @Nullable Account account, List<Fault> faults, Result result) {
        Integer status = switch (result.reply()) {
            case HttpReply.Answer(var response) -> response.status();
            case HttpReply.HalfAnswer(var response) -> response.status();
            case HttpReply.SlowAnswer(var response, _) -> response.status();
            case HttpReply.Reset _, HttpReply.Stall _ -> null;
        };
        var names = faults.isEmpty() ? null : faults.stream().map(fault -> fault.kind().wireName()).collect(Collectors.joining(","));
        world.requests().add(at, provider.name(), account == null ? null : account.name(), request.method(), request.target(), status,
                request.bodyText(), result.seen() == null ? "" : result.seen().bodyText(), names);
    }
}
