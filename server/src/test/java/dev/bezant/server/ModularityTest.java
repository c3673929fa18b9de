package dev.bezant.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls between the server's packages. */
class ModularityTest {
    private static final JavaClasses SERVER =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.bezant.server");

    private static final DescribedPredicate<JavaClass> SDK = DescribedPredicate.describe("are of an SDK",
            type -> type.getPackageName().startsWith("dev.bezant.") && !(type.getPackageName() + ".").startsWith("dev.bezant.server."));

    @Test
    void packages_form_no_cycles() {
        slices().matching("dev.bezant.server.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void the_kernel_knows_nothing_else_of_ours() {
        noClasses().that().resideInAPackage("dev.bezant.server.kernel..")
                .should().dependOnClassesThat(DescribedPredicate.describe("are ours outside of the kernel",
                        type -> type.getPackageName().startsWith("dev.bezant.") && !type.getPackageName().startsWith("dev.bezant.server.kernel")))
                .check(SERVER);
    }

    @Test
    void only_connectors_know_an_sdk() {
        noClasses().that().resideOutsideOfPackage("dev.bezant.server.connector.*..").should().dependOnClassesThat(SDK).check(SERVER);
    }

    @Test
    void connectors_do_not_know_each_other() {
        slices().matching("dev.bezant.server.connector.(*)..").should().notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAPackage("dev.bezant.server.connector.sdk")).check(SERVER);
    }

    @Test
    void features_do_not_know_a_connector() {
        noClasses().that().resideOutsideOfPackages("dev.bezant.server", "dev.bezant.server.ops..", "dev.bezant.server.connector.*..")
                .should().dependOnClassesThat().resideInAPackage("dev.bezant.server.connector.*..").check(SERVER);
    }

    @Test
    void only_the_http_server_sees_its_library() {
        noClasses().that().haveNameNotMatching("dev\\.bezant\\.server\\.http\\.HttpServer(\\$.*)?")
                .should().dependOnClassesThat().resideInAPackage("io.helidon..").check(SERVER);
    }

    @Test
    void only_the_vault_sees_its_cryptography() {
        noClasses().that().resideOutsideOfPackage("dev.bezant.server.vault..")
                .should().dependOnClassesThat().resideInAPackage("com.google.crypto.tink..").check(SERVER);
    }

    @Test
    void time_comes_from_a_clock() {
        for (Class<?> type : List.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            noClasses().should().callMethod(type, "now").check(SERVER);
        }
        noClasses().that().resideOutsideOfPackages("dev.bezant.server.ops..").should().callMethod(System.class, "currentTimeMillis").check(SERVER);
        noClasses().should().dependOnClassesThat().belongToAnyOf(Date.class, Calendar.class).check(SERVER);
    }

    @Test
    void only_the_command_line_prints() {
        for (String stream : List.of("out", "err")) {
            noClasses().that().resideOutsideOfPackages("dev.bezant.server.ops..").should().accessField(System.class, stream).check(SERVER);
        }
    }

    @Test
    void every_package_is_null_marked() {
        var packages = SERVER.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).hasSizeGreaterThan(10).allSatisfy(name ->
                assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class)).as(name).isTrue());
    }

    @Test
    void the_sandbox_is_met_over_http_alone() {
        assertThat(ModularityTest.class.getResource("/dev/bezant/sandbox/Main.class")).isNull();
    }
}
