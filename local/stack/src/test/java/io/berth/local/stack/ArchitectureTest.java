package io.berth.local.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Calls go one way: handler → domain → port → AWS, chain or provider
 * (docs/decisions/0002-domain-module.md).
 */
class ArchitectureTest {
  private static final JavaClasses BERTH =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.berth");

  private static final String[] AWS = {"software.amazon..", "com.amazonaws.."};
  private static final String[] WIRE = {"io.grpc..", "com.google.protobuf..", "io.berth.proto.."};

  @Test
  void thePureModulesKnowNoAwsAndNoGrpc() {
    noClasses()
        .that()
        .resideInAnyPackage("io.berth.sdl..", "io.berth.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(concat(AWS, WIRE))
        .check(BERTH);
  }

  @Test
  void theSdlKnowsNothingButItself() {
    noClasses()
        .that()
        .resideInAPackage("io.berth.sdl..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.berth.sdl..", "java..", "org.snakeyaml..")
        .check(BERTH);
  }

  @Test
  void theDomainKnowsNothingButTheSdlAndItself() {
    noClasses()
        .that()
        .resideInAPackage("io.berth.domain..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.berth.domain..", "io.berth.sdl..", "java..", "javax.crypto..")
        .check(BERTH);
  }

  @Test
  void whatRunsInTheCloudDoesNotKnowThatLocalExists() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.berth.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.berth.local..")
        .check(BERTH);
  }

  @Test
  void theDevnetAndTheProvidersKnowNothingOfBerthsOwnAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage("io.berth.local.devnet..", "io.berth.local.providers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.berth.sdl..",
            "io.berth.chain..",
            "io.berth.provider..",
            "io.berth.store..",
            "io.berth.functions..")
        .because("they judge Berth's bytes, so they must not be made of the code that writes them")
        .check(BERTH);
  }

  @Test
  void onlyTheSignerOpensWallets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.berth.functions.signer..", "io.berth.wallet..", "io.berth.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.berth.wallet..")
        .check(BERTH);
  }

  private static String[] concat(String[] a, String[] b) {
    String[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
