package dev.bezant.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses SANDBOX =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.bezant.sandbox");

    private static final String[] PROVIDERS = {"dev.bezant.sandbox.cardinity..", "dev.bezant.sandbox.worldlinedirect..",
        "dev.bezant.sandbox.worldlineacquiring..", "dev.bezant.sandbox.corefy.."};

    @Test
    void packages_form_no_cycles() {
        slices().matching("dev.bezant.sandbox.(*)..").should().beFreeOfCycles().check(SANDBOX);
    }

    @Test
    void nothing_of_the_platform_is_shared() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("dev.bezant.sandbox..", "java..", "javax.crypto..", "tools.jackson..",
                "com.fasterxml.jackson.annotation..", "org.jspecify..", "org.slf4j..", "picocli..").check(SANDBOX);
    }

    @Test
    void only_the_composition_knows_a_provider() {
        noClasses().that().resideInAnyPackage("dev.bezant.sandbox.http..", "dev.bezant.sandbox.world..", "dev.bezant.sandbox.provider..",
                "dev.bezant.sandbox.control..", "dev.bezant.sandbox.page..", "dev.bezant.sandbox.card..").should().dependOnClassesThat()
                .resideInAnyPackage(PROVIDERS).check(SANDBOX);
    }

    @Test
    void providers_do_not_know_each_other() {
        for (var provider : PROVIDERS) {
            var others = Stream.of(PROVIDERS).filter(other -> !other.equals(provider)).toArray(String[]::new);
            noClasses().that().resideInAPackage(provider).should().dependOnClassesThat().resideInAnyPackage(others).check(SANDBOX);
        }
    }
}
