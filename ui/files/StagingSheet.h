// StagingSheet: fetches files of a server so that other programs can take them: by a drag that
// begins here, or from the clipboard.

#pragma once

#include "transfer/TransferRequest.h"
#include "ui/files/StagedFiles.h"
#include "ui/widgets/Sheet.h"

#include <QPointer>

class QProgressBar;
class QPushButton;

namespace ui {

class DragHandle;
class PlainLabel;

class StagingSheet final : public Sheet
{
    Q_OBJECT

public:
    // The queue is the server's, and may end first. Fetches when fetch() is called, or the user
    // asks for it.
    StagingSheet(transfer::TransferQueue &queue, transfer::TransferRequest request,
                 QWidget *parent = nullptr);

    void fetch();

private:
    void showProgress(const transfer::Progress &progress);
    void showEnd(const base::Result<transfer::Summary> &result);
    void copy();

    QPointer<transfer::TransferQueue> m_queue;
    transfer::TransferRequest m_request;
    StagedFiles *m_files;
    PlainLabel *m_state;
    QProgressBar *m_progress;
    DragHandle *m_handle;
    QPushButton *m_fetch;
    QPushButton *m_copy;
    QPushButton *m_close;
};

} // namespace ui
