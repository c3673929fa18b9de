package dev.bezant.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses SANDBOX =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.bezant.sandbox");

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
    void providers_do_not_know_each_other() {
        noClasses().that().resideInAPackage("dev.bezant.sandbox.worldlinedirect..").should().dependOnClassesThat()
                .resideInAPackage("dev.bezant.sandbox.cardinity..").check(SANDBOX);
        noClasses().that().resideInAPackage("dev.bezant.sandbox.cardinity..").should().dependOnClassesThat()
                .resideInAPackage("dev.bezant.sandbox.worldlinedirect..").check(SANDBOX);
    }

    @Test
    void only_the_composition_knows_a_provider() {
        noClasses().that().resideInAnyPackage("dev.bezant.sandbox.http..", "dev.bezant.sandbox.world..", "dev.bezant.sandbox.provider..",
                "dev.bezant.sandbox.control..", "dev.bezant.sandbox.card..", "dev.bezant.sandbox.page..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.bezant.sandbox.cardinity..", "dev.bezant.sandbox.worldlinedirect..").check(SANDBOX);
    }
}
