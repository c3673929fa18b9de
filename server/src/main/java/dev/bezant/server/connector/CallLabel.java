package dev.bezant.server.connector;

import dev.bezant.server.connector.Connector.Completion;
import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.Connector.Movement;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Payment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call to a provider is made for, known to whoever notes it while it is made.
 *
 * @param operation {@code pay}, {@code capture}, {@code inquire} and so on: what the server asked its connector for
 * @param reference ours, of the payment or movement; null where it is about none
 */
public record CallLabel(String operation, @Nullable String reference) {
    private static final ScopedValue<CallLabel> CURRENT = ScopedValue.newInstance();

    /** Of the call that this thread makes. */
    public static Optional<CallLabel> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** The same connector, with every ability it has. No call of it goes unlabelled, whoever makes it and whatever abilities there will be. */
    static Connector labelling(Connector connector) {
        return (Connector) Proxy.newProxyInstance(Connector.class.getClassLoader(), abilities(connector.getClass()).toArray(Class<?>[]::new),
                (proxy, method, arguments) -> of(method, arguments).run(() -> method.invoke(connector, arguments)));
    }

    private static Set<Class<?>> abilities(@Nullable Class<?> type) {
        var found = new LinkedHashSet<Class<?>>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.addAll(Arrays.asList(each.getInterfaces()));
        }
        return found;
    }

    private static CallLabel of(Method method, Object @Nullable [] arguments) {
        var name = method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        var given = arguments == null ? java.util.List.of() : Arrays.asList(arguments);
        Optional<String> kind = given.stream().filter(MovementKind.class::isInstance).map(it -> it.toString().toLowerCase(Locale.ROOT)).findFirst();
        return new CallLabel(name.equals("move") ? kind.orElse(name) : name, given.stream().map(CallLabel::reference).filter(Objects::nonNull).findFirst().orElse(null));
    }

    private static @Nullable String reference(@Nullable Object argument) {
        return switch (argument) {
            case Payment payment -> payment.reference();
            case Inquiry inquiry -> inquiry.reference();
            case Completion completion -> completion.payment().reference();
            case Movement movement -> movement.reference();
            case null, default -> null;
        };
    }

    private interface Call {
        @Nullable Object make() throws IllegalAccessException, InvocationTargetException;
    }

    private @Nullable Object run(Call call) throws Throwable {
        try {
            return ScopedValue.where(CURRENT, this).call(call::make);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
