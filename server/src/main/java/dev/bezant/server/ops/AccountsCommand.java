package dev.bezant.server.ops;

import dev.bezant.server.account.Account;
import dev.bezant.server.account.Accounts;
import dev.bezant.server.account.Limits;
import dev.bezant.server.audit.Actor;
import dev.bezant.server.dialect.ApiVersion;
import dev.bezant.server.kernel.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accounts}. */
@Command(name = "accounts", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Makes, lists, suspends and activates accounts; sets their limits, versions, profiles and what browsers may begin.")
final class AccountsCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes an account; prints its id.")
    int create(
            @Parameters(paramLabel = "NAME", description = "For people; need not be unique.") String name,
            @Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            print(workspace.platform().accounts().create(Actor.commandLine(), name, Limits.DEFAULT).id());
        }
        return ExitCode.OK.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all accounts.")
    int list(@Mixin Common common) {
        try (Workspace workspace = Workspace.open(common)) {
            var table = new TextTable("ID", "NAME", "STATUS", "REQUESTS/MIN", "PAYMENTS/MIN", "API VERSION", "CREATED");
            workspace.platform().accounts().list().forEach(it -> table.add(it.id(), it.name(), it.status().name().toLowerCase(Locale.ROOT),
                    limit(it.limits().requests()), limit(it.limits().payments()), it.defaultApiVersion() == null ? "native" : it.defaultApiVersion(), it.createdAt().toString()));
            table.print(spec.commandLine().getOut());
        }
        return ExitCode.OK.number();
    }

    @Command(name = "suspend", mixinStandardHelpOptions = true,
            description = "Stops every key of an account; a running server knows it within 5 seconds.")
    int suspend(@Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account, @Mixin Common common) {
        return changeStatus(account, common, Account.Status.SUSPENDED);
    }

    @Command(name = "activate", mixinStandardHelpOptions = true, description = "Lets the keys of a suspended account work again.")
    int activate(@Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account, @Mixin Common common) {
        return changeStatus(account, common, Account.Status.ACTIVE);
    }

    @Command(name = "limits", mixinStandardHelpOptions = true, description = "Sets how much one key of an account may ask for.")
    int limits(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--requests", required = true, paramLabel = "N", description = "Requests per minute and key, or none.") String requests,
            @Option(names = "--payments", required = true, paramLabel = "N",
                    description = "Writes of payment intents per minute and key, or none.") String payments,
            @Mixin Common common) {
        var limits = new Limits(Limit.read("--requests", requests), Limit.read("--payments", payments));
        try (Workspace workspace = Workspace.open(common)) {
            Accounts accounts = workspace.platform().accounts();
            accounts.changeLimits(Actor.commandLine(), accounts.named(account).id(), limits);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "api-version", mixinStandardHelpOptions = true, description = {
        "Sets what the webhook endpoints of an account speak unless they say otherwise:",
        "a version such as 2026-07-29.dahlia, or native for our own dialect."
    })
    int apiVersion(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "VERSION", description = "As client libraries send it in Stripe-Version, or native.") String version,
            @Mixin Common common) {
        if (!version.equals("native") && ApiVersion.parse(version).isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "The version is '" + version + "', expected one such as 2026-07-29.dahlia, or native");
        }
        try (Workspace workspace = Workspace.open(common)) {
            Accounts accounts = workspace.platform().accounts();
            accounts.changeApiVersion(Actor.commandLine(), accounts.named(account).id(), version.equals("native") ? null : version);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "profile", mixinStandardHelpOptions = true, description = "Sets what an account tells about itself; what is not named stays.")
    int profile(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "Where its owner is reached.") @Nullable String email,
            @Option(names = "--country", paramLabel = "CODE", description = "Two letters, such as LT.") @Nullable String country,
            @Option(names = "--currency", paramLabel = "CODE", description = "Of amounts that name none, such as eur.") @Nullable String currency,
            @Mixin Common common) {
        String countryCode = country == null ? null : country.toUpperCase(Locale.ROOT);
        String currencyCode = currency == null ? null : currency.toLowerCase(Locale.ROOT);
        if (countryCode != null && !List.of(Locale.getISOCountries()).contains(countryCode)) {
            throw new CommandException(ExitCode.USAGE, "The country is '" + country + "', expected an ISO 3166-1 code such as LT");
        }
        if (currencyCode != null && Currency.find(currencyCode).isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "The currency is '" + currency + "', expected an ISO 4217 code such as eur");
        }
        try (Workspace workspace = Workspace.open(common)) {
            Accounts accounts = workspace.platform().accounts();
            Account stored = accounts.named(account);
            accounts.changeProfile(Actor.commandLine(), stored.id(), new Account.Profile(
                    email == null ? stored.profile().email() : email,
                    countryCode == null ? stored.profile().country() : countryCode,
                    currencyCode == null ? stored.profile().currency() : currencyCode));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "browser-payments", mixinStandardHelpOptions = true, description = {
        "Sets up to which amount web pages may begin live payments with a publishable key.",
        "In test mode they always may; a confirmation needs the payer's card either way."
    })
    int browserPayments(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--max", required = true, paramLabel = "AMOUNT",
                    description = "In the smallest unit of the payment's currency, such as 50000 for 500.00 EUR; or none.") String max,
            @Mixin Common common) {
        Integer limit = Limit.read("--max", max);
        try (Workspace workspace = Workspace.open(common)) {
            Accounts accounts = workspace.platform().accounts();
            accounts.changeBrowserPayments(Actor.commandLine(), accounts.named(account).id(), limit == null ? null : limit.longValue());
        }
        return ExitCode.OK.number();
    }

    private static int changeStatus(String account, Common common, Account.Status status) {
        try (Workspace workspace = Workspace.open(common)) {
            Accounts accounts = workspace.platform().accounts();
            accounts.changeStatus(Actor.commandLine(), accounts.named(account).id(), status);
        }
        return ExitCode.OK.number();
    }

    private static String limit(@Nullable Integer limit) {
        return limit == null ? "none" : limit.toString();
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
