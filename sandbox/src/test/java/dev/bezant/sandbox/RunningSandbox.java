package dev.bezant.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test of a class one sandbox, as {@link Control}, {@link Merchant} and {@link DirectMerchant} parameters; each merchant is a
 * fresh account.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunningSandbox.Start.class)
public @interface RunningSandbox {
    final class Start implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSandbox.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            var type = parameter.getParameter().getType();
            return type == Control.class || type == Merchant.class || type == DirectMerchant.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var store = context.getRoot().getStore(NAMESPACE);
            var sandbox = store.computeIfAbsent(context.getRequiredTestClass(),
                    _ -> Sandbox.start(new Sandbox.Options(0, null, null), Clock.systemUTC()), Sandbox.class);
            var control = new Control(sandbox.controlUri());
            var type = parameter.getParameter().getType();
            return type == Control.class ? control : type == Merchant.class ? control.merchant() : control.direct();
        }
    }
}
