// PreviewDialog: looks into a file without fetching all of it: text, an image, or bytes. What grows
// at its end can be followed. Not modal.

#pragma once

#include "files/FileSystem.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace ui {

class PreviewDialog final : public QDialog
{
    Q_OBJECT

public:
    // The file system must outlive this.
    PreviewDialog(files::FileSystem &fileSystem, files::FilePath path,
                  const files::FileEntry &entry, QWidget *parent);

private:
    using Part = base::Result<QByteArray>;

    void createContent();
    void read(quint64 offset, quint32 length, const std::function<void(const QByteArray &)> &take);
    void readFirst();
    void readMore();
    void append(const QByteArray &content);
    void showImage(const QByteArray &content);
    void showBytes(const QByteArray &content);
    void appendBytes(const QByteArray &content);
    void setFollowing(bool isOn);
    void lookForMore();
    void updateRange();
    void fail(const base::Error &error);

    files::FileSystem &m_fileSystem;
    const files::FilePath m_path;
    quint64 m_size; // that it had when last asked
    quint64 m_begin = 0; // of what is shown
    quint64 m_end = 0;
    QByteArray m_tail; // the beginning of a character whose rest is to come
    bool m_isBinary = false;
    quint64 m_question = 0; // a late answer to an older one falls
    QTimer m_pause; // between two looks at a file that is followed
    QStackedWidget *m_pages;
    QPlainTextEdit *m_text;
    QLabel *m_image;
    QScrollArea *m_imageArea;
    QLabel *m_range;
    QCheckBox *m_follow;
    QPushButton *m_more;
};

} // namespace ui
