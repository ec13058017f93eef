// StagedFiles: copies of a server's files that other programs can take, fetched by a transfer into
// a directory of this run of the program, which is removed when that ends: what was handed over may
// be read long after a drag.

#pragma once

#include "base/Result.h"
#include "files/FilePath.h"
#include "transfer/TransferRequest.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>

#include <memory>

namespace transfer {
class TransferJob;
class TransferQueue;
} // namespace transfer

namespace ui {

class StagedFiles final : public QObject
{
    Q_OBJECT

public:
    explicit StagedFiles(QObject *parent = nullptr);
    ~StagedFiles() override; // cancels

    // Once. `request` tells the sources, and how they are copied.
    void fetch(transfer::TransferQueue &queue, transfer::TransferRequest request);

    // Those that have arrived whole.
    const QList<files::FilePath> &copies() const { return m_copies; }

signals:
    void progressed(const transfer::Progress &progress);
    void finished(const base::Result<transfer::Summary> &result); // once, not after the end of this

private:
    void keep(const QList<files::FilePath> &sources);

    std::unique_ptr<QTemporaryDir> m_directory; // until it is kept
    QPointer<transfer::TransferJob> m_job;
    QList<files::FilePath> m_copies;
};

} // namespace ui
