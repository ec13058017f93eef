// The rules of the architecture that a machine can check, one function each. Used by LayersTest.

#pragma once

#include "tests/architecture/SourceFile.h"

namespace architecture {

struct Finding
{
    int line; // from 1
    QString message;
};

using Rule = QList<Finding> (*)(const SourceFile &file);

// An include of a layer that is not below the file's own:
// base < log, settings, storage, hostkeys, keys, vault, files, terminal < profiles, net < ssh
// < sftp, forward, commands < transfer < synchronize, edit < ui < app. Layers of one rank know
// nothing of each other.
QList<Finding> includesOfOtherLayers(const SourceFile &file);

// libssh anywhere but in core/ssh, or in the servers of tests/support.
QList<Finding> libsshOutsideItsDirectory(const SourceFile &file);

// Qt Gui or Qt Widgets in core.
QList<Finding> windowHeadersInCore(const SourceFile &file);

// Widgets in ui/errors, whose words the verbs print too.
QList<Finding> widgetsInErrorTexts(const SourceFile &file);

// Widgets in app/headless, or anything of ui but ui/errors.
QList<Finding> windowsInHeadless(const SourceFile &file);

// A `using namespace` that every includer would inherit.
QList<Finding> usingNamespaceInHeader(const SourceFile &file);

// Sleeps, waits and nested event loops in core or ui.
QList<Finding> blockingCalls(const SourceFile &file);

// More than 500 lines in core, ui or app: such a file holds two subjects.
QList<Finding> tooManyLines(const SourceFile &file);

} // namespace architecture
