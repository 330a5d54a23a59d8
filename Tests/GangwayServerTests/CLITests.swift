// SPDX-License-Identifier: Apache-2.0
import Testing

/// Tests that start processes and servers, one after the other: each has the machine to itself.
@Suite(.serialized) enum CLITests {}
