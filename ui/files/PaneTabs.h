// PaneTabs: the file panes of one side of a view, of which one is in front. With a single one there
// are no tabs to be seen.

#pragma once

#include "files/FilePath.h"

#include <QList>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QTabBar;

namespace ui {

class FilePane;
class PanePlace;

class PaneTabs final : public QWidget
{
    Q_OBJECT

public:
    // `idPrefix` as in FilePane. The first pane is there from the beginning: paneOpened() is not
    // emitted for it.
    PaneTabs(const QString &idPrefix, std::shared_ptr<PanePlace> place, QWidget *parent = nullptr);

    FilePane &current() const;
    QList<FilePane *> panes() const; // in the order of their tabs

    // Beside the current one and like it, in front; an empty directory is where logins start.
    FilePane &open(std::shared_ptr<PanePlace> place, const files::FilePath &directory);
    void close(FilePane &pane); // not the last one

    struct Tab
    {
        std::shared_ptr<PanePlace> place; // shared with the pane
        files::FilePath directory; // see FilePane::resume()
    };
    // Instead of those that are there; does nothing without any.
    void restore(const QList<Tab> &tabs, int current);

    void raise(FilePane &pane);

signals:
    void paneOpened(ui::FilePane &pane);
    void currentChanged();
    void changed(); // which panes there are, which is in front, or what one of them shows

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool takeDrag(QDropEvent &event);
    void add(FilePane &pane, int index);
    FilePane &insert(std::shared_ptr<PanePlace> place, int index);
    QWidget *createCloseButton(FilePane &pane);
    void openFrom(FilePane &pane, const files::FilePath &directory);
    void step(int count);
    void showCurrent(int index);
    void describe(const FilePane &pane);
    void followCount();

    const QString m_idPrefix;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
};

} // namespace ui
