import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";
import type { ApiProps } from "sst/constructs";
import type { ApiDomain } from "./stage.ts";

/** A stage's domain as SST takes it. */
export function customDomainOf(
  scope: Construct,
  domain: ApiDomain,
): NonNullable<ApiProps<never>["customDomain"]> {
  if ("hostedZone" in domain) return { domainName: domain.name, hostedZone: domain.hostedZone };
  const certificate = Certificate.fromCertificateArn(scope, "DomainCertificate", domain.certificateArn);
  return { domainName: domain.name, isExternalDomain: true, cdk: { certificate } };
}
