package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.connector.CapturesInParts;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.ConnectorFactory;
import dev.bezant.server.connector.FindsByListing;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.IncrementsAuthorizations;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.connector.ReportsDisputes;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.connector.TakesEvidence;
import dev.bezant.server.connector.TellsByNotice;
import dev.bezant.server.connector.TellsMethods.SupportedMethod;
import dev.bezant.server.connector.TellsMethods;
import dev.bezant.server.connector.VerifiesCards;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.RedirectMethod;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.testing.SandboxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The table in {@code docs/guide/providers.md} of what each provider can do is what its connector can do. */
class ProvidersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "providers.md");
    private static final String WRITE = "bezant.docs.write";
    private static final String BEGIN = "<!-- what connectors can do -->\n\n";
    private static final String END = "\n<!-- end -->\n";

    @Test
    void the_table_of_abilities_is_up_to_date() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String wanted = page.substring(0, begin) + table() + page.substring(page.indexOf(END, begin));
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/guide/providers.md differs from the connectors. Rewrite it with:"
                        + " mvn -pl server -am test -Dquick -Dtest=ProvidersPageTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true")
                .isEqualTo(wanted);
    }

    private static String table() {
        var names = new ArrayList<String>();
        var rows = new LinkedHashMap<String, List<String>>();
        for (ConnectorFactory factory : Providers.all(Duration.ofSeconds(1))) {
            names.add(factory.provider());
            try (Connector connector = factory.open(account(factory.provider()), ProviderJournal.Line.NONE)) {
                abilities(connector).forEach((ability, told) -> rows.computeIfAbsent(ability, it -> new ArrayList<>()).add(told));
            }
        }
        return "| | " + names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" | ")) + " |\n"
                + "|---".repeat(names.size() + 1) + "|\n"
                + rows.entrySet().stream().map(row -> "| " + row.getKey() + " | " + String.join(" | ", row.getValue()) + " |\n").collect(Collectors.joining());
    }

    private static Map<String, String> abilities(Connector connector) {
        var abilities = new LinkedHashMap<String, String>();
        boolean challenges = cards(connector).threeDSecure();
        abilities.put("3-D Secure", yes(challenges));
        abilities.put("authorizations that are captured later", yes(cards(connector).manualCapture()));
        abilities.put("several captures of one authorization", yes(connector instanceof CapturesInParts));
        abilities.put("increments of an authorization", yes(connector instanceof IncrementsAuthorizations));
        abilities.put("cards verified without a charge", yes(connector instanceof VerifiesCards));
        abilities.put("methods without a card", redirects(connector));
        abilities.put("pays out to cards", yes(connector instanceof PaysOut));
        abilities.put("tells by webhooks", yes(connector instanceof TellsByNotice));
        abilities.put("a lost answer is settled by", ways(connector));
        abilities.put("an abandoned 3-D Secure challenge", !challenges ? "there is none" : connector.completesOnlyThroughUs() ? "cannot become a payment" : "is watched, and given back");
        abilities.put("disputes are found", yes(connector instanceof ReportsDisputes));
        abilities.put("takes evidence by its API", yes(connector instanceof TakesEvidence));
        abilities.put("tells with what can be paid", yes(connector instanceof TellsMethods));
        return abilities;
    }

    private static String ways(Connector connector) {
        var ways = new ArrayList<String>();
        if (connector instanceof RepeatsByKey) {
            ways.add("repeating it under its key");
        }
        if (connector instanceof FindsByListing) {
            ways.add("finding it in listings");
        }
        if (connector instanceof FindsByReference) {
            ways.add("asking for our reference");
        }
        if (connector instanceof TakesBack) {
            ways.add("taking it back");
        }
        return String.join(", ", ways);
    }

    private static SupportedMethod cards(Connector connector) {
        return ((TellsMethods) connector).supportedMethods().getFirst();
    }

    private static String redirects(Connector connector) {
        String labels = ((TellsMethods) connector).supportedMethods().stream()
                .flatMap(method -> RedirectMethod.find(method.type()).stream())
                .map(RedirectMethod::label)
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? "none" : labels;
    }

    private static String yes(boolean can) {
        return can ? "yes" : "no";
    }

    private static ProviderAccount account(String provider) {
        SandboxProcess sandbox = SandboxProcess.shared();
        ObjectNode made = sandbox.newAccount(provider, "page-" + ProcessHandle.current().pid(), Json.object());
        ObjectNode settings = Json.object().put("url", sandbox.address(provider)).put("default_country", "LT").put("default_holder", "Test Payer");
        return new ProviderAccount("acct_page", "pa_page", false, provider, "page", settings, Secret.of(Json.write(made.get("credentials"))));
    }
}
