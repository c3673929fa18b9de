package dev.bezant.server.ops;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.dispute.DisputeDesk;
import dev.bezant.server.dispute.DisputeDesk.Case;
import dev.bezant.server.dispute.DisputeDesk.Said;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code disputes}. */
@Command(name = "disputes", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = {
    "Shows disputes and the evidence about them, and enters how they ended:",
    "for providers that take evidence from people and not through their API."
})
final class DisputesCommand {
    private static final int LISTED_MAX = 1000;

    private final Composition.Factory factory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DisputesCommand(Composition.Factory factory) {
        this.factory = factory;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the open disputes of an account, newest first, and what is to be done.")
    int list(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Option(names = "--all", description = "Those that are over too.") boolean all,
            @Mixin Common common) {
        return withDesk(account, common, (desk, accountId) -> {
            var table = new TextTable("ID", "MODE", "STATUS", "AMOUNT", "REASON", "CHARGE", "DUE", "TO DO");
            desk.list(accountId, all, LISTED_MAX).forEach(it ->
                    table.add(it.id(), it.mode(), it.status(), it.amount(), it.reason(), it.charge(), it.due(), it.toDo()));
            table.print(out());
            return ExitCode.OK;
        });
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a dispute, with the provider's names for it, and the evidence.")
    int show(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "DISPUTE", description = "From 'disputes list'.") String id,
            @Mixin Common common) {
        return withDesk(account, common, (desk, accountId) -> {
            print(desk.find(accountId, id).orElseThrow(() -> unknown(id)));
            Said said = desk.said(accountId, id).orElseThrow(() -> unknown(id));
            said.texts().forEach((field, text) -> line(field + ": " + text));
            said.files().forEach(file -> line(file.field() + ": " + file.fileName() + ", " + file.content().length + " bytes"));
            return ExitCode.OK;
        });
    }

    @Command(name = "evidence", mixinStandardHelpOptions = true, description = {
        "Writes the evidence about a dispute into a directory: its texts into evidence.txt, its files beside it.",
        "With --handed-over it is noted that the provider has it now."
    })
    int evidence(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "DISPUTE", description = "From 'disputes list'.") String id,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "The directory; it is made if it is not there.") Path directory,
            @Option(names = "--handed-over", description = "Note that the provider has it.") boolean handedOver,
            @Mixin Common common) {
        return withDesk(account, common, (desk, accountId) -> {
            write(directory, desk.said(accountId, id).orElseThrow(() -> unknown(id)));
            if (handedOver && !desk.handedOver(Actor.commandLine(), accountId, id)) {
                throw new CommandException(ExitCode.FAILED, "No evidence about " + id + " was sent in that is not handed over already");
            }
            return ExitCode.OK;
        });
    }

    @Command(name = "resolve", mixinStandardHelpOptions = true, description = {
        "Enters how a dispute ended: won brings its amount back into the balance, lost leaves it away.",
        "Providers that tell it themselves need no help; an entry that was wrong is mended by another one."
    })
    int resolve(
            @Parameters(paramLabel = "ACCOUNT", description = "Id or name.") String account,
            @Parameters(paramLabel = "DISPUTE", description = "From 'disputes list'.") String id,
            @Parameters(paramLabel = "won|lost", description = "The banks' decision.") String how,
            @Mixin Common common) {
        if (!how.equals("won") && !how.equals("lost")) {
            throw new CommandException(ExitCode.USAGE, "The decision is '" + how + "', expected won or lost");
        }
        return withDesk(account, common, (desk, accountId) -> {
            print(desk.resolve(Actor.commandLine(), accountId, id, how.equals("won")).orElseThrow(() -> unknown(id)));
            return ExitCode.OK;
        });
    }

    private int withDesk(String account, Common common, BiFunction<DisputeDesk, String, ExitCode> work) {
        try (Workspace workspace = Workspace.open(common)) {
            DisputeDesk desk = factory.compose(workspace.platform()).disputes();
            return work.apply(desk, workspace.platform().accounts().named(account).id()).number();
        }
    }

    /** Names of files come from whoever uploaded them: only their ends are kept, after the field's name. */
    private static void write(Path directory, Said said) {
        try {
            Files.createDirectories(directory);
            var texts = new StringBuilder();
            said.texts().forEach((field, text) -> texts.append(field).append(": ").append(text).append(System.lineSeparator()));
            Files.writeString(directory.resolve("evidence.txt"), texts);
            for (DisputeDesk.Attachment file : said.files()) {
                Files.write(directory.resolve(file.field() + "-" + file.fileName().replaceAll("[^A-Za-z0-9._-]", "_")), file.content());
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "The evidence cannot be written to " + directory + ": " + e);
        }
    }

    private void print(Case it) {
        line("dispute: " + it.id() + " (" + it.mode() + ")");
        line("status: " + it.status());
        line("amount: " + it.amount());
        line("reason: " + it.reason());
        line("charge: " + it.charge());
        line("at " + it.provider() + ": chargeback " + it.providerDispute() + " of payment " + it.providerPayment());
        line("found: " + it.created());
        if (!it.due().isEmpty()) {
            line("due: " + it.due());
        }
        if (!it.toDo().isEmpty()) {
            line("to do: " + it.toDo());
        }
    }

    private static CommandException unknown(String id) {
        return new CommandException(ExitCode.FAILED, "The account has no dispute '" + id + "'. 'bezant disputes list' shows them.");
    }

    private void line(String text) {
        out().println(text);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
