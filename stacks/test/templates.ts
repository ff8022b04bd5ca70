import type { Template } from "aws-cdk-lib/assertions";

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Reference {
  readonly Ref: string;
}

/** One of our functions as the template has it, with all that its role may do beyond writing its log. */
export interface DeployedFunction {
  readonly name: string;
  readonly properties: {
    readonly Architectures: readonly string[];
    readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
    readonly MemorySize: number;
    readonly Timeout: number;
    readonly ReservedConcurrentExecutions?: number;
    readonly TracingConfig?: { readonly Mode: string };
    readonly Runtime: string;
    readonly Handler: string;
    /** Where the build put it; without one it names nothing real. */
    readonly Code: { readonly S3Key: string };
    readonly LoggingConfig: { readonly LogGroup: Reference };
  };
  readonly statements: readonly Statement[];
  readonly managedPolicies: readonly unknown[];
}

/** Our functions: those with a name. SST's handler of custom resources has none and is not ours. */
export function functionsOf(template: Template, prefix: string): DeployedFunction[] {
  const roles = template.findResources("AWS::IAM::Role");
  const policies = Object.values(template.findResources("AWS::IAM::Policy"));
  return Object.values(template.findResources("AWS::Lambda::Function"))
    .filter(({ Properties }) => Properties.FunctionName !== undefined)
    .map(({ Properties }) => {
      const role: string = Properties.Role["Fn::GetAtt"][0];
      const attached = policies.filter((policy) =>
        policy["Properties"].Roles.some(({ Ref }: Reference) => Ref === role),
      );
      return {
        name: Properties.FunctionName.slice(prefix.length),
        properties: Properties,
        statements: attached.flatMap((policy) => policy["Properties"].PolicyDocument.Statement),
        managedPolicies: roles[role]?.["Properties"].ManagedPolicyArns,
      };
    });
}

/** A statement's or property's list, whether the CDK wrote one value or several. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
