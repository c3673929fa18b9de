package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import dev.bezant.server.connector.VerifiesCards;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.kernel.Currency;
import dev.bezant.server.kernel.RedirectMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Through which provider accounts an intent can be paid: those that can do what it takes, in the merchant's order. */
final class AccountChoice {
    private static final Logger LOG = LoggerFactory.getLogger(AccountChoice.class);

    private final Connectors connectors;

    AccountChoice(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * Never empty; nobody is asked.
     *
     * @param redirect the method without a card that it is paid with; null for a card
     * @throws ApiException 400 if no account can, 404 if the pinned one does not exist
     */
    List<ProviderAccount> of(Intent intent, @Nullable RedirectMethod redirect) {
        List<ProviderAccount> ordered = connectors.ordered(intent.accountId(), intent.livemode()).stream()
                .filter(account -> intent.purpose() == Purpose.PAYMENT || opened(account).filter(VerifiesCards.class::isInstance).isPresent())
                .toList();
        String pinned = intent.detail("provider_account");
        if (pinned != null) {
            ordered = ordered.stream().filter(account -> account.id().equals(pinned)).toList();
            if (ordered.isEmpty()) {
                throw ApiException.noSuch("provider account", pinned, "provider_account");
            }
        }
        if (ordered.isEmpty()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_NOT_AVAILABLE, null, "No payment provider "
                    + (intent.purpose() == Purpose.SETUP ? "that can verify a card without charging it " : "") + "is connected in "
                    + (intent.livemode() ? "live" : "test") + " mode. Add one with: ./bezant providers add");
        }
        return redirect == null ? ordered : taking(redirect, intent, ordered);
    }

    private List<ProviderAccount> taking(RedirectMethod redirect, Intent intent, List<ProviderAccount> accounts) {
        Currency currency = intent.amount().currency();
        List<ProviderAccount> take = those(accounts, redirect, method -> true);
        if (take.isEmpty()) {
            boolean pinned = intent.detail("provider_account") != null;
            throw new ApiException(ErrorCode.PAYMENT_METHOD_NOT_AVAILABLE, pinned ? "provider_account" : "payment_method", (pinned
                    ? "This provider account does" : "The connected provider accounts do") + " not take " + redirect.label()
                    + ". GET /v1/payment_method_types tells which accounts take what.");
        }
        List<ProviderAccount> inCurrency = those(take, redirect, method -> method.mayTake(currency));
        if (inCurrency.isEmpty()) {
            throw new ApiException(ErrorCode.PAYMENT_METHOD_NOT_AVAILABLE, "currency", redirect.label() + " cannot be paid in " + currency.code()
                    + redirect.currencies().map(known -> ", only in " + String.join(", ", known)).orElse(" through the connected provider accounts") + ".");
        }
        List<ProviderAccount> able = intent.capturesAtOnce() ? inCurrency : those(inCurrency, redirect, SupportedMethod::manualCapture);
        if (able.isEmpty()) {
            throw ApiException.invalid("capture_method", "The connected provider accounts that take " + redirect.label()
                    + " cannot capture it later. Send capture_method=automatic.");
        }
        return able;
    }

    private List<ProviderAccount> those(List<ProviderAccount> accounts, RedirectMethod redirect, Predicate<SupportedMethod> can) {
        return accounts.stream()
                .filter(account -> opened(account).stream().flatMap(AccountChoice::methods).anyMatch(it -> it.type().equals(redirect.type()) && can.test(it)))
                .toList();
    }

    /** The methods without a card that can be paid with in a currency through any account. */
    List<RedirectMethod> offered(String accountId, boolean livemode, Currency currency) {
        List<String> types = connectors.ordered(accountId, livemode).stream()
                .flatMap(account -> opened(account).stream())
                .flatMap(AccountChoice::methods)
                .filter(method -> method.mayTake(currency))
                .map(SupportedMethod::type)
                .toList();
        return Arrays.stream(RedirectMethod.values()).filter(method -> types.contains(method.type())).toList();
    }

    private static Stream<SupportedMethod> methods(Connector connector) {
        return connector instanceof TellsMethods tells ? tells.supportedMethods().stream() : Stream.empty();
    }

    private Optional<Connector> opened(ProviderAccount account) {
        try {
            return Optional.of(connectors.of(account));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("provider_account", account.id()).log("A provider account cannot be opened");
            return Optional.empty();
        }
    }
}
