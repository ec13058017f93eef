// PaneTransfers: copies, moves and links files between panes, whatever the two show: a transfer
// where one of them is a server's, and a change of the place where both are the same.

#pragma once

#include "files/FilePath.h"
#include "transfer/TransferRequest.h"
#include "ui/files/FileDrag.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace transfer {
class TransferJob;
}

namespace ui {

class FilePane;
class PanePlace;

class PaneTransfers final : public QObject
{
    Q_OBJECT

public:
    // Whose files come from other programs: `local`.
    explicit PaneTransfers(std::shared_ptr<PanePlace> local, QObject *parent = nullptr);

    // Completes each request before its transfer starts, as the user has chosen once for all.
    void setPreparation(std::function<void(transfer::TransferRequest &)> prepare);

    // The selected files of one to where the other is. Nothing is selected, or one of them can not
    // be reached: nothing happens.
    void copy(FilePane &from, FilePane &to);
    void move(FilePane &from, FilePane &to); // asks first, unless it is undone by one key
    static bool canCopy(const FilePane &from, const FilePane &to);

    // The selected files of a server, to be taken by other programs: asks whether to, or fetches
    // them at once.
    enum class Staging { Ask, Fetch };
    void stage(FilePane &pane, Staging way);

    // What was dropped on the pane, or pasted into it.
    void take(FilePane &pane, const FileDrop &drop);

    // Files of this computer; asks first if there is a caution.
    void upload(const QList<files::FilePath> &sources, FilePane &to,
                const files::FilePath &directory);

private:
    struct Source
    {
        std::shared_ptr<PanePlace> place; // shared with its panes
        QPointer<FilePane> pane; // that it is taken from; null for other programs
        QList<files::FilePath> paths;
    };

    static Source selectionOf(FilePane &pane);
    void copyWithCare(const Source &source, FilePane &to, const files::FilePath &directory);
    void askToMove(const Source &source, FilePane &to, const files::FilePath &directory);
    void moveWithin(const Source &source, FilePane &to, const files::FilePath &directory);
    void start(const Source &source, FilePane &to, const files::FilePath &directory);
    // Null if there is nothing to be done, or no way to.
    transfer::TransferJob *startTransfer(const Source &source, FilePane &to,
                                         const files::FilePath &directory);

    std::shared_ptr<PanePlace> m_local; // shared with the panes
    std::function<void(transfer::TransferRequest &)> m_prepare
        = [](transfer::TransferRequest &) { };
};

} // namespace ui
